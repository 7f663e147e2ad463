/**
 * What implements the ports of {@code session} and {@code delivery} by calls to identity and storage, and what puts the
 * service together. It knows all other packages; none knows it.
 */
@NullMarked
package cz.digidig.smtp.adapter;

import org.jspecify.annotations.NullMarked;
