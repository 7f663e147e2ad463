package cz.digidig.smtp.policy;

import cz.digidig.smtp.settings.BlockList;
import java.util.Optional;

/**
 * What was found of a client, apart from what it sends.
 *
 * @param reverse whether its address has a name that leads back to it
 * @param name that name; empty: none
 * @param hello whether its EHLO name is one of a host
 * @param listed the block list that names it
 * @param allowed the zone of the allow list that names it; empty: none
 */
record ClientFindings(Finding reverse, String name, Finding hello, Optional<Listing> listed, String allowed) {
    /** How a check came out. */
    enum Finding {
        /** It was not made. */
        SKIPPED("none"),
        PASS("pass"),
        FAIL("fail"),
        /** The DNS could not say. */
        UNKNOWN("temperror");

        private final String word;

        Finding(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * A block list's entry.
     *
     * @param answer what the list answered
     */
    record Listing(BlockList list, String answer) {}
}
