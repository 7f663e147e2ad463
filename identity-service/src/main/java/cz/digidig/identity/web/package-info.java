/** What the REST edges here have in common: pages and the request rules. Depends on common-lib only. */
@NullMarked
package cz.digidig.identity.web;

import org.jspecify.annotations.NullMarked;
