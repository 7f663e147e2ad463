package cz.digidig.storage.mailbox;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;

/**
 * Senders whose mail is delivered to the account's junk mailbox.
 *
 * @param senders addresses, or domains as {@code @example.org}; in lower case
 */
public record BlockedSenders(
        @NotNull @Size(max = BlockedSenders.MOST)
        List<
                        @NotNull @Size(max = 320)
                        @Pattern(regexp = "[^\\s@<>]*@[^\\s@<>]+", message = "is no address or @domain") String>
                senders) {
    /** As many as anybody blocks by hand. */
    static final int MOST = 1000;

    static final BlockedSenders NONE = new BlockedSenders(List.of());

    /** Each once, in lower case. */
    BlockedSenders normalized() {
        return new BlockedSenders(senders.stream()
                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList());
    }

    /** Whether one of the addresses, or its domain, is among them. */
    public boolean block(List<String> addresses) {
        return addresses.stream()
                .map(address -> address.toLowerCase(Locale.ROOT))
                .anyMatch(address -> senders.contains(address)
                        || senders.contains(address.substring(Math.max(0, address.lastIndexOf('@')))));
    }
}
