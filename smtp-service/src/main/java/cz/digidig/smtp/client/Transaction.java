package cz.digidig.smtp.client;

import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.protocol.MailCommand.Return;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.protocol.ReversePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/**
 * A message to send.
 *
 * @param from the reverse path
 * @param smtpUtf8 whether it came with SMTPUTF8
 * @param body what its sender said of its content
 * @param ret how much a report should return
 * @param envelopeId ENVID in xtext; empty: none
 * @param recipients one or more
 * @param octets its size
 * @param content its octets
 */
public record Transaction(
        ReversePath from,
        boolean smtpUtf8,
        Body body,
        Return ret,
        String envelopeId,
        List<To> recipients,
        long octets,
        Content content) {
    public Transaction {
        recipients = List.copyOf(recipients);
    }

    /**
     * One recipient.
     *
     * @param address the address
     * @param notifyOn when the sender wants to be told; empty: not said
     * @param original ORCPT as {@code type;xtext}; empty: not said
     */
    public record To(String address, Set<Notify> notifyOn, String original) {}

    /** Where the octets come from. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
