/** This service's own settings ({@code admin_config.json}). Values only. */
@NullMarked
package cz.digidig.admin.configuration;

import org.jspecify.annotations.NullMarked;
