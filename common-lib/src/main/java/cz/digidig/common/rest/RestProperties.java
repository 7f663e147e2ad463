package cz.digidig.common.rest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the REST edge beside those of the server itself.
 *
 * @param maxBody the largest request body, messages ({@code message/*}) excepted
 */
@Validated
@ConfigurationProperties("digidig.rest")
record RestProperties(@DefaultValue("2MB") DataSize maxBody) {}
