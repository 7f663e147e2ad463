package cz.digidig.client.backend;

import java.util.List;

/**
 * Whose mail storage delivers to the junk mailbox.
 *
 * @param senders addresses, or domains as {@code @example.org}
 */
public record BlockedSenders(List<String> senders) {
    public BlockedSenders {
        senders = List.copyOf(senders);
    }
}
