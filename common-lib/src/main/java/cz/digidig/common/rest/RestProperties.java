package cz.digidig.common.rest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the REST edge beside those of the server itself.
 *
 * @param maxBody the largest request body, messages ({@code message/*}) excepted
 * @param upload the page that takes larger bodies
 */
@Validated
@ConfigurationProperties("digidig.rest")
record RestProperties(
        @DefaultValue("2MB") DataSize maxBody, @DefaultValue Upload upload) {
    /**
     * A page that takes a large file, of whoever is signed in: what it brings is kept on disk before anything else asks
     * who sends it.
     *
     * @param path the page's; empty: there is none
     * @param maxBody the largest body there
     */
    record Upload(
            @DefaultValue("") String path,
            @DefaultValue("2MB") DataSize maxBody) {}
}
