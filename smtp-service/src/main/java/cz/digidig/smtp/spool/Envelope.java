package cz.digidig.smtp.spool;

import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.protocol.MailCommand.Return;
import cz.digidig.smtp.protocol.ReversePath;
import java.time.Instant;
import java.util.List;

/**
 * Everything about a message that is not in the message.
 *
 * @param received when it was accepted; of mail that is to be sent later: when that is, from where its age counts
 * @param trace the trace id that follows it through the suite
 * @param from the reverse path
 * @param submitter the account that submitted it; {@link #OURSELVES}: a report of ours; empty: it came from outside
 * @param smtpUtf8 whether it was sent with SMTPUTF8
 * @param body what the sender said of the content
 * @param ret how much a failure report should return
 * @param envelopeId ENVID in xtext; empty: none
 * @param recipients one or more
 * @param junk whether the checks on arrival want it in Junk
 */
public record Envelope(
        Instant received,
        String trace,
        ReversePath from,
        String submitter,
        boolean smtpUtf8,
        Body body,
        Return ret,
        String envelopeId,
        List<Recipient> recipients,
        boolean junk) {
    /** In place of an account that submits. */
    public static final String OURSELVES = "mailer-daemon";

    public Envelope {
        recipients = List.copyOf(recipients);
    }

    /** One that is not junk. */
    public Envelope(
            Instant received,
            String trace,
            ReversePath from,
            String submitter,
            boolean smtpUtf8,
            Body body,
            Return ret,
            String envelopeId,
            List<Recipient> recipients) {
        this(received, trace, from, submitter, smtpUtf8, body, ret, envelopeId, recipients, false);
    }
}
