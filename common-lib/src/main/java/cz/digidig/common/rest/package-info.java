/**
 * What every REST edge shares: failures as RFC 9457 problem details, limits of request bodies. An answer never names
 * anything internal; what an operator needs is in the log under the id that the answer gives.
 */
@NullMarked
package cz.digidig.common.rest;

import org.jspecify.annotations.NullMarked;
