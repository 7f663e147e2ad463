/**
 * What a service knows from its environment ({@link cz.digidig.common.config.ServiceProperties}), and the configuration
 * that administrators change while it runs ({@link cz.digidig.common.config.ConfigurationStore}).
 *
 * <p>A configuration is one immutable record. It changes as a whole: what is not valid is refused whole, what a listener
 * can't put into effect is undone, and only what is in effect is saved. A text field by the name {@code password} is a
 * secret: the files (0600) have it encrypted, under a key beside them; REST shows a mask, and takes the mask back for what
 * it was. Whichever step of a save a crash comes at, the file is the former one or the new one.
 */
@NullMarked
package cz.digidig.common.config;

import org.jspecify.annotations.NullMarked;
