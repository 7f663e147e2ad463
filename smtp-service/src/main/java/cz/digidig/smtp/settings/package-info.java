/**
 * What administrators may change while the service runs ({@code smtp_config.json}), and the limits that operators set at
 * the start. Values only. What operators set is the default of what
 * administrators may change. Depends on {@code common.net} and {@code common.config}.
 */
@NullMarked
package cz.digidig.smtp.settings;

import org.jspecify.annotations.NullMarked;
