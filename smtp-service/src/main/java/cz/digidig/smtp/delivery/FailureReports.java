package cz.digidig.smtp.delivery;

import cz.digidig.smtp.dsn.FailureReport;
import cz.digidig.smtp.dsn.FailureReport.Kind;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.spool.TargetState;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells senders of failures and delays (RFC 5321 §6.1): a report goes into the spool like any other mail. */
public final class FailureReports {
    private static final Logger LOG = LoggerFactory.getLogger(FailureReports.class);
    /** How much of the original is returned at most, in octets, also where the sender wants it whole. */
    private static final int MOST_RETURNED = 512 * 1024;

    private final Spool spool;
    private final Function<ReversePath.Mailbox, Optional<List<Target>>> senders;
    private final Supplier<String> hostname;
    private final Clock clock;

    /**
     * Needs to know where senders get mail.
     *
     * @param senders the targets of a sender's address; none: nobody can be told, ever; empty: not known now
     */
    public FailureReports(
            Spool spool,
            Function<ReversePath.Mailbox, Optional<List<Target>>> senders,
            Supplier<String> hostname,
            Clock clock) {
        this.spool = spool;
        this.senders = senders;
        this.hostname = hostname;
        this.clock = clock;
    }

    /** Reports failures to the sender where that is wanted; false: it could not be done now. */
    boolean report(QueuedMessage message, List<Destination> failed, Map<Integer, TargetState> states) {
        return report(new Kind.Failed(), message, failed, states);
    }

    /** Tells the sender of a delay where that is wanted, and now or never. */
    void delayed(QueuedMessage message, List<Destination> late, Map<Integer, TargetState> states, Instant until) {
        if (!report(new Kind.Delayed(until), message, late, states)) {
            LOG.atInfo().addKeyValue("queueId", message.id()).log("nobody could be told of a delay");
        }
    }

    private boolean report(
            Kind kind, QueuedMessage message, List<Destination> about, Map<Integer, TargetState> states) {
        Notify event = kind instanceof Kind.Delayed ? Notify.DELAY : Notify.FAILURE;
        List<FailureReport.Failure> wanted = about.stream()
                .filter(destination -> wants(destination.recipient().notifyOn(), event))
                .map(destination -> new FailureReport.Failure(
                        destination.recipient(),
                        destination.target(),
                        states.getOrDefault(destination.index(), TargetState.FRESH)
                                .diagnostic()))
                .toList();
        if (wanted.isEmpty() || !(message.envelope().from() instanceof ReversePath.Mailbox sender)) {
            return true;
        }
        Optional<List<Target>> targets = senders.apply(sender);
        if (targets.isEmpty()) {
            return false;
        }
        if (targets.get().isEmpty()) {
            LOG.atWarn().addKeyValue("queueId", message.id()).log("the sender of a failed message does not exist");
            return true;
        }
        try {
            spoolReport(kind, message, sender, wanted, targets.get());
            return true;
        } catch (IOException full) {
            LOG.atWarn().setCause(full).addKeyValue("queueId", message.id()).log("a failure report can't be spooled");
            return false;
        }
    }

    private static boolean wants(Set<Notify> notifyOn, Notify event) {
        return notifyOn.isEmpty() || notifyOn.contains(event);
    }

    private void spoolReport(
            Kind kind,
            QueuedMessage message,
            ReversePath.Mailbox sender,
            List<FailureReport.Failure> failures,
            List<Target> targets)
            throws IOException {
        QueueId id = spool.nextId();
        byte[] report;
        try (InputStream content = spool.content(message)) {
            FailureReport text = new FailureReport(kind, hostname.get(), id.toString(), clock.instant());
            report = text.write(
                    message.envelope(), sender, failures, content.readNBytes(MOST_RETURNED), message.octets());
        }
        Envelope envelope = new Envelope(
                clock.instant(),
                message.envelope().trace(),
                new ReversePath.Nobody(),
                Envelope.OURSELVES,
                message.envelope().smtpUtf8(),
                MailCommand.Body.EIGHT_BIT_MIME,
                MailCommand.Return.UNSAID,
                "",
                List.of(new Recipient(sender.toString(), Set.of(), "", targets)));
        MessageBuffer buffer = spool.newBuffer(id);
        buffer.write(report);
        spool.accept(id, envelope, buffer);
        LOG.atInfo()
                .addKeyValue("queueId", message.id())
                .addKeyValue("report", id)
                .log("{} of {} reported by {}", kind, message.id(), id);
    }
}
