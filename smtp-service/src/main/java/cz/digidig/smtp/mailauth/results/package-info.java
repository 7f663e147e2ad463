/**
 * The Authentication-Results field (RFC 8601): written for what was found here, and recognised in messages where it
 * pretends to be ours. Depends on {@code mailauth}.
 */
@NullMarked
package cz.digidig.smtp.mailauth.results;

import org.jspecify.annotations.NullMarked;
