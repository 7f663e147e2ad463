/**
 * The other services as pages see them: which there are, calls under the signed-in person's own token, and answers as
 * values, so that a service that is down is a case like any other and never a broken page.
 */
@NullMarked
package cz.digidig.admin.backend;

import org.jspecify.annotations.NullMarked;
