/**
 * What administrators may change while the service runs ({@code smtp_config.json}), and the limits that operators set at
 * the start. Values only. Depends on {@code common.net}.
 */
@NullMarked
package cz.digidig.smtp.settings;

import org.jspecify.annotations.NullMarked;
