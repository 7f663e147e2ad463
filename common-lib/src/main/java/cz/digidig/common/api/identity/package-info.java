/** What identity-service offers to the other services: credential checks, address resolution, account facts. */
@NullMarked
package cz.digidig.common.api.identity;

import org.jspecify.annotations.NullMarked;
