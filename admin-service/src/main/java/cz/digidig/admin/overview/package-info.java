/**
 * How the suite is: a look at every service's health every few seconds, a sample of the mail flow every minute, kept for days
 * in a bounded file, and the pages that show both. One collector looks, whoever watches; pages read what it last saw, so that
 * none of them waits for a service that is down. Depends on {@code backend} and {@code configuration}.
 */
@NullMarked
package cz.digidig.admin.overview;

import org.jspecify.annotations.NullMarked;
