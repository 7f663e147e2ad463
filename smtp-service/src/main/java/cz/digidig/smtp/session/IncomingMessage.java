package cz.digidig.smtp.session;

import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.MessageInspection;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.settings.SmtpLimits;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message as it comes in: written to the spool's buffer and looked at. Once it can't be accepted any more the rest is
 * dropped, and the client hears why when it has sent all.
 */
public final class IncomingMessage extends OutputStream implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingMessage.class);

    private final QueueId id;
    private final MessageBuffer buffer;
    private final MessageInspection inspection = new MessageInspection();
    private final SmtpLimits limits;
    private final long mostOctets;
    private @Nullable SmtpReply refusal;

    /**
     * Begins with the trace header.
     *
     * @param mostOctets the largest message, the trace header not counted
     */
    public IncomingMessage(QueueId id, MessageBuffer buffer, byte[] trace, long mostOctets, SmtpLimits limits) {
        this.id = id;
        this.buffer = buffer;
        this.limits = limits;
        this.mostOctets = mostOctets;
        store(trace, 0, trace.length);
    }

    public QueueId id() {
        return id;
    }

    public MessageBuffer buffer() {
        return buffer;
    }

    /** Octets that came, accepted or not. */
    public long octets() {
        return inspection.size();
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        inspection.feed(octets, offset, length);
        if (refusal != null) {
            return;
        }
        if (inspection.size() > mostOctets) {
            refuse(SmtpReply.of(
                    552, EnhancedStatus.MESSAGE_TOO_BIG, "The message is larger than " + mostOctets + " octets"));
            return;
        }
        store(octets, offset, length);
    }

    private void store(byte[] octets, int offset, int length) {
        try {
            buffer.write(octets, offset, length);
        } catch (IOException failed) {
            LOG.atError().setCause(failed).addKeyValue("queueId", id).log("a message can't be written to the spool");
            refuse(SmtpReply.of(452, EnhancedStatus.SYSTEM_FULL, "There is no room now; try again later"));
        }
    }

    private void refuse(SmtpReply why) {
        refusal = why;
        close();
    }

    /** Why it can't be accepted, as far as is known. */
    public Optional<SmtpReply> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Why the whole message is not accepted; empty: it is. */
    public Optional<SmtpReply> verdict() {
        if (refusal != null) {
            return Optional.of(refusal);
        }
        if (inspection.nul()) {
            return content("The message holds a NUL octet (RFC 5321 section 4.5.2)");
        }
        if (inspection.bareLf()) {
            return content("The message holds a bare LF; lines end in CRLF (RFC 5321 section 2.3.8)");
        }
        if (inspection.bareCr()) {
            return content("The message holds a bare CR; lines end in CRLF (RFC 5321 section 2.3.8)");
        }
        if (inspection.longestLine() > limits.textLine()) {
            return content("The message has a line longer than " + limits.textLine() + " octets");
        }
        if (inspection.hops() > limits.hops()) {
            return Optional.of(SmtpReply.of(
                    554, EnhancedStatus.MAIL_LOOP, "The message has passed too many servers: a mail loop"));
        }
        return Optional.empty();
    }

    private static Optional<SmtpReply> content(String why) {
        return Optional.of(SmtpReply.of(554, EnhancedStatus.BAD_CONTENT, why));
    }

    @Override
    public void close() {
        try {
            buffer.close();
        } catch (IOException failed) {
            LOG.atWarn().setCause(failed).addKeyValue("queueId", id).log("a dropped message's file can't be deleted");
        }
    }
}
