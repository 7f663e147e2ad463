/**
 * The SMTP grammar as values: commands, replies, paths, parameters, SASL messages, dot-stuffing. Octets to a value and a
 * value to octets, nothing else: no socket, no Spring, no storage. Whatever a client sends, parsing ends in a value or in
 * {@link cz.digidig.smtp.protocol.BadSyntax}, which carries the reply. Depends on the JDK and {@code common.mail} only.
 */
@NullMarked
package cz.digidig.smtp.protocol;

import org.jspecify.annotations.NullMarked;
