package cz.digidig.smtp.spool;

import cz.digidig.smtp.protocol.RcptCommand.Notify;
import java.util.List;
import java.util.Set;

/**
 * One accepted recipient.
 *
 * @param address as given in RCPT, normalised
 * @param notifyOn when the sender wants to be told; empty: not said
 * @param original ORCPT as {@code type;xtext}; empty: not said
 * @param targets where it goes: one account, or what an alias leads to
 */
public record Recipient(String address, Set<Notify> notifyOn, String original, List<Target> targets) {
    public Recipient {
        notifyOn = Set.copyOf(notifyOn);
        targets = List.copyOf(targets);
    }
}
