/** This service's own settings ({@code client_config.json}). Values only. */
@NullMarked
package cz.digidig.client.configuration;

import org.jspecify.annotations.NullMarked;
