package cz.digidig.smtp.session;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.smtp.policy.Arrival;
import cz.digidig.smtp.policy.ArrivingMessage;
import cz.digidig.smtp.policy.MessageVerdict;
import cz.digidig.smtp.protocol.AuthorField;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.MessageInspection;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.protocol.SubmissionFields;
import cz.digidig.smtp.settings.SmtpLimits;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
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
    private final @Nullable Author author;
    private final @Nullable ArrivingMessage arriving;
    private @Nullable SmtpReply refusal;

    /** A user's message: its header, and whose it may say it is. */
    private record Author(SubmissionFields fields, Account account) {}

    /**
     * Begins with the trace header.
     *
     * @param mostOctets the largest message, the trace header not counted
     */
    public IncomingMessage(QueueId id, MessageBuffer buffer, byte[] trace, long mostOctets, SmtpLimits limits) {
        this(id, buffer, trace, mostOctets, limits, null);
    }

    private IncomingMessage(
            QueueId id,
            MessageBuffer buffer,
            byte[] trace,
            long mostOctets,
            SmtpLimits limits,
            @Nullable Author author) {
        this.id = id;
        this.buffer = buffer;
        this.limits = limits;
        this.mostOctets = mostOctets;
        this.author = author;
        this.arriving = null;
        try {
            buffer.write(trace);
        } catch (IOException failed) {
            noRoom(failed);
        }
    }

    /**
     * Begins a user's message, whose header is put in order as it comes (RFC 6409 §8).
     *
     * @param missing what its header gets where that is missing
     */
    public static IncomingMessage submitted(
            QueueId id,
            MessageBuffer buffer,
            byte[] trace,
            long mostOctets,
            SmtpLimits limits,
            Account account,
            SubmissionFields.Missing missing) {
        SubmissionFields fields = new SubmissionFields(buffer, missing);
        return new IncomingMessage(id, buffer, trace, mostOctets, limits, new Author(fields, account));
    }

    /**
     * Begins one from outside, which is checked as it comes.
     *
     * @param mostOctets the largest message
     */
    public IncomingMessage(QueueId id, MessageBuffer buffer, Arrival arrival, long mostOctets, SmtpLimits limits) {
        this.id = id;
        this.buffer = buffer;
        this.limits = limits;
        this.mostOctets = mostOctets;
        this.author = null;
        this.arriving = arrival.begin(buffer);
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
            if (author != null) {
                author.fields().feed(octets, offset, length);
            } else {
                (arriving == null ? buffer : arriving).write(octets, offset, length);
            }
        } catch (IOException failed) {
            noRoom(failed);
        }
    }

    private void noRoom(IOException failed) {
        LOG.atError().setCause(failed).addKeyValue("queueId", id).log("a message can't be written to the spool");
        refuse(SmtpReply.of(452, EnhancedStatus.SYSTEM_FULL, "There is no room now; try again later"));
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
        return author == null ? Optional.empty() : authorVerdict(author);
    }

    /** Ends the header, and compares its authors with who logged in (RFC 6409 §6.1). */
    private Optional<SmtpReply> authorVerdict(Author from) {
        try {
            from.fields().finish();
        } catch (IOException failed) {
            noRoom(failed);
            return refusal();
        }
        if (from.fields().froms() == 0) {
            return Optional.empty();
        }
        if (from.fields().froms() > 1) {
            return content("The message has several From fields (RFC 5322 section 3.6)");
        }
        Optional<List<EmailAddress>> authors = from.fields().from().flatMap(AuthorField::parse);
        if (authors.isEmpty()) {
            return content("The From field is no list of addresses (RFC 5322 section 3.6.2)");
        }
        for (EmailAddress address : authors.get()) {
            if (!from.account().owns(address)) {
                return Optional.of(SmtpReply.of(
                        550, EnhancedStatus.NOT_AUTHORISED, "The From address <" + shown(address) + "> is not yours"));
            }
        }
        return Optional.empty();
    }

    /** For a reply line: ASCII, and not too long for it. */
    private static String shown(EmailAddress address) {
        String text = address.toString().replaceAll("[^ -~]", "?");
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    /** Whether its octets are not all ASCII. */
    public boolean eightBit() {
        return inspection.eightBit();
    }

    /** The author, recipients and such that the header names; empty of a message that is no user's. */
    public Optional<SubmissionFields> fields() {
        return Optional.ofNullable(author).map(Author::fields);
    }

    /** The id in the message's header, of a user's message that is whole. */
    public Optional<String> messageId() {
        return author == null ? Optional.empty() : Optional.of(author.fields().messageId());
    }

    /**
     * Judges a whole message from outside, and puts its head before it.
     *
     * @param trace the trace header
     * @return whether it is junk, or why it is not accepted
     * @throws IOException it can't be written
     */
    public MessageVerdict judge(byte[] trace) throws IOException {
        if (arriving == null) {
            return new MessageVerdict.Taken(new byte[0], false);
        }
        MessageVerdict verdict = arriving.judge();
        if (verdict instanceof MessageVerdict.Taken taken) {
            byte[] fields = taken.fields();
            // Rather no results than no mail.
            boolean fits = trace.length + fields.length <= MessageBuffer.MOST_HEAD;
            byte[] head = Arrays.copyOf(trace, trace.length + (fits ? fields.length : 0));
            System.arraycopy(fields, 0, head, trace.length, head.length - trace.length);
            buffer.head(head);
        }
        return verdict;
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
