/**
 * What is checked of mail from outside, and what follows from it. {@link cz.digidig.smtp.policy.ArrivalPolicy} judges
 * a client when it names a sender, and a message at its end; every verdict is a value: a reply, or fields for the
 * message's head and whether it is junk. Lookups are bounded for each message; what can't be looked up never refuses
 * anything. A message's check belongs to its session's thread. Depends on {@code mailauth}, {@code dns}, {@code
 * settings} and {@code protocol}.
 */
@NullMarked
package cz.digidig.smtp.policy;

import org.jspecify.annotations.NullMarked;
