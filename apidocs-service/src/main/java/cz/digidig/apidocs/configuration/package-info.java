/** This service's own settings ({@code apidocs_config.json}). Values only. */
@NullMarked
package cz.digidig.apidocs.configuration;

import org.jspecify.annotations.NullMarked;
