/**
 * The running suite judged from outside, as its users meet it: real mail clients, rude ones, crashes and outages. Nothing
 * here knows a service's code; {@code suite} starts what is tested by {@code ./digidig up}, {@code client} speaks to it.
 */
@NullMarked
package cz.digidig.system;

import org.jspecify.annotations.NullMarked;
