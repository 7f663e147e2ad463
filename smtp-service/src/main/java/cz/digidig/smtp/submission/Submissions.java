package cz.digidig.smtp.submission;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.smtp.policy.ArrivalPolicy;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.protocol.SubmissionFields;
import cz.digidig.smtp.session.Account;
import cz.digidig.smtp.session.Directory;
import cz.digidig.smtp.session.IncomingMessage;
import cz.digidig.smtp.settings.Role;
import cz.digidig.smtp.settings.SmtpLimits;
import cz.digidig.smtp.settings.SmtpSettings;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.MessageBuffer;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolUnavailable;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.spool.TargetState;
import cz.digidig.smtp.spool.TargetState.Status;
import cz.digidig.smtp.submission.Submitted.Outcome;
import cz.digidig.smtp.usage.DailyUsage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages by REST under the rules of the submission listeners. */
public final class Submissions {
    private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Duration LONGEST_WAIT = Duration.ofDays(366);
    /** They take room on the heap as long as they wait. */
    private static final int MOST_SCHEDULED = 500;

    private final Spool spool;
    private final Directory directory;
    private final DailyUsage usage;
    private final ArrivalPolicy policy;
    private final Supplier<SmtpSettings> settings;
    private final SmtpLimits limits;
    private final Clock clock;

    public Submissions(
            Spool spool,
            Directory directory,
            DailyUsage usage,
            ArrivalPolicy policy,
            Supplier<SmtpSettings> settings,
            SmtpLimits limits,
            Clock clock) {
        this.spool = spool;
        this.directory = directory;
        this.usage = usage;
        this.policy = policy;
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
    }

    /** Who sends, and to whom; once the content has been written. */
    record Addressing(EmailAddress from, List<EmailAddress> to) {}

    /** The message's octets. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Finds the addressing, by the header where the request does not say it. */
    @FunctionalInterface
    interface Addressed {
        Addressing by(SubmissionFields header);
    }

    /** Keeps the answer, before the message counts. */
    @FunctionalInterface
    interface Reservation {
        void keep(Submitted answer) throws IOException;
    }

    /**
     * A message.
     *
     * @param client the client's address, for the trace header
     * @param sent whether a copy goes to the Sent mailbox
     * @param sendAt not before this time; null: at once
     */
    record Request(
            Account account,
            String client,
            Content content,
            Addressed addressed,
            boolean sent,
            @Nullable Instant sendAt) {}

    /** The account of an id; 404 where there is none that may send. */
    Account account(String id) {
        return switch (directory.account(id)) {
            case Directory.LogIn.Accepted accepted -> accepted.account();
            case Directory.LogIn.Refused _ ->
                throw new ProblemException(ErrorCode.NOT_FOUND, "there is no such account, or it may not send");
            case Directory.LogIn.TooMany _, Directory.LogIn.Unavailable _ ->
                throw new ProblemException(ErrorCode.UNAVAILABLE, "accounts can't be looked up now");
        };
    }

    /** The largest message that is taken, in octets. */
    long mostOctets() {
        return settings.get().mostOctets(Role.SUBMISSION);
    }

    /** Whether the queue still holds a message. */
    boolean holds(String id) {
        return QueueId.parse(id).flatMap(spool::message).isPresent();
    }

    /**
     * Takes a message over: when this returns, it survives a crash.
     *
     * @throws ProblemException why it is not taken
     */
    Submitted submit(Request request, Reservation reservation) throws IOException {
        SmtpSettings now = settings.get();
        checkTime(request);
        if (!spool.hasRoomFor(0)) {
            throw noRoom();
        }
        Duration pause = policy.pause(request.account().id(), now);
        if (!pause.isZero()) {
            throw new ProblemException(
                    ErrorCode.TOO_MANY_ATTEMPTS, "the account sends too many messages within a minute", pause);
        }
        QueueId id = spool.nextId();
        Instant time = clock.instant();
        MessageBuffer buffer = spool.newBuffer(id);
        Instant at = request.sendAt();
        SubmissionFields.Missing missing = new SubmissionFields.Missing(
                DATE.format(at != null && at.isAfter(time) ? at : time),
                "<" + id + "@" + now.hostname() + ">",
                request.account().email());
        try (IncomingMessage incoming = IncomingMessage.submitted(
                id, buffer, trace(request, now, id, time), mostOctets(), limits, request.account(), missing)) {
            request.content().writeTo(incoming);
            incoming.verdict().ifPresent(Submissions::refuse);
            SubmissionFields header = incoming.fields().orElseThrow();
            Addressing addressing = request.addressed().by(header);
            if (!request.account().owns(addressing.from())) {
                throw new InvalidFields(List.of(new FieldProblem("from", "this sender address is not yours")));
            }
            return accept(request, incoming, addressing, header, reservation);
        }
    }

    private void checkTime(Request request) {
        Instant at = request.sendAt();
        Instant now = clock.instant();
        if (at == null) {
            return;
        }
        if (at.isAfter(now.plus(LONGEST_WAIT))) {
            throw new InvalidFields(
                    List.of(new FieldProblem("sendAt", "more than " + LONGEST_WAIT.toDays() + " days ahead")));
        }
        if (at.isAfter(now) && scheduled(request.account().id()).size() >= MOST_SCHEDULED) {
            throw new InvalidFields(List.of(new FieldProblem(
                    "sendAt", "the account has " + MOST_SCHEDULED + " messages already that are to be sent later")));
        }
    }

    /** An account's messages whose time to be sent has not come, the next one first. */
    List<QueuedMessage> scheduled(String account) {
        Instant now = clock.instant();
        return spool.messages().stream()
                .filter(message -> message.envelope().submitter().equals(account)
                        && message.envelope().received().isAfter(now))
                .sorted(Comparator.comparing(message -> message.envelope().received()))
                .toList();
    }

    private static byte[] trace(Request request, SmtpSettings settings, QueueId id, Instant time) {
        String client = request.client().indexOf(':') < 0 ? request.client() : "IPv6:" + request.client();
        return ("Received: from [" + client + "]\r\n\tby " + settings.hostname() + " with HTTP id " + id + ";\r\n\t"
                        + DATE.format(time) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void refuse(SmtpReply reply) {
        String why = reply.lines().getFirst();
        throw switch (reply.code()) {
            case 552 -> new ProblemException(ErrorCode.TOO_LARGE, why);
            case 452 -> noRoom();
            case 550 -> new InvalidFields(List.of(new FieldProblem("from", why)));
            default -> new ProblemException(ErrorCode.INVALID, why);
        };
    }

    private static ProblemException noRoom() {
        return new ProblemException(ErrorCode.UNAVAILABLE, "there is no room for mail now");
    }

    private Submitted accept(
            Request request,
            IncomingMessage incoming,
            Addressing addressing,
            SubmissionFields header,
            Reservation reservation)
            throws IOException {
        Map<String, Recipient> recipients = new LinkedHashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        resolve(addressing, recipients, outcomes);
        List<Recipient> all = new ArrayList<>(recipients.values());
        if (request.sent()) {
            Account account = request.account();
            String head = header.bcc().isEmpty() ? "" : "Bcc: " + header.bcc() + "\r\n";
            all.add(new Recipient(
                    account.email(),
                    Set.of(Notify.NEVER),
                    "",
                    List.of(new Target.Sent(account.id(), account.email(), head))));
        }
        boolean utf8 = incoming.eightBit()
                || !ascii(addressing.from())
                || addressing.to().stream().anyMatch(address -> !ascii(address));
        long now = clock.millis();
        Instant at = request.sendAt();
        long due = at == null ? now : Math.max(now, at.toEpochMilli());
        Envelope envelope = new Envelope(
                Instant.ofEpochMilli(due),
                newTraceId(),
                new ReversePath.Mailbox(addressing.from()),
                request.account().id(),
                utf8,
                incoming.eightBit() ? MailCommand.Body.EIGHT_BIT_MIME : MailCommand.Body.SEVEN_BIT,
                MailCommand.Return.UNSAID,
                "",
                all);
        DailyUsage.Taken taken = take(request.account(), recipients.size());
        Submitted answer = new Submitted(incoming.id().toString(), header.messageId(), List.copyOf(outcomes));
        try {
            reservation.keep(answer);
            TargetState first = due == now ? TargetState.FRESH : new TargetState(Status.PENDING, 0, due, "");
            spool.accept(incoming.id(), envelope, incoming.buffer(), first);
        } catch (SpoolUnavailable full) {
            usage.giveBack(taken);
            throw noRoom();
        } catch (IOException failed) {
            usage.giveBack(taken);
            throw failed;
        }
        LOG.atInfo()
                .addKeyValue("queueId", incoming.id())
                .addKeyValue("traceId", envelope.trace())
                .addKeyValue("account", request.account().id())
                .log("message {} submitted by REST: {} recipients", incoming.id(), recipients.size());
        return answer;
    }

    private DailyUsage.Taken take(Account account, int recipients) {
        return switch (usage.take(account.sender(), recipients, settings.get().submission())) {
            case DailyUsage.Answer.Granted granted -> granted.taken();
            case DailyUsage.Answer.Exhausted exhausted ->
                throw new ProblemException(
                        ErrorCode.TOO_MANY_ATTEMPTS,
                        "the account, or its domain, has sent what it may send in a day; again from "
                                + exhausted.resets(),
                        Duration.between(clock.instant(), exhausted.resets()));
        };
    }

    /** Where each recipient's mail goes; those that nothing goes to are refused each for itself. */
    private void resolve(Addressing addressing, Map<String, Recipient> recipients, List<Outcome> outcomes) {
        List<EmailAddress> to = addressing.to();
        if (to.isEmpty()) {
            throw new InvalidFields(List.of(new FieldProblem("to", "there is no recipient")));
        }
        if (to.size() > settings.get().mostRecipients(Role.SUBMISSION)) {
            throw new InvalidFields(List.of(new FieldProblem(
                    "to", "more than " + settings.get().mostRecipients(Role.SUBMISSION) + " recipients")));
        }
        List<FieldProblem> refused = new ArrayList<>();
        Map<String, EmailAddress> each = new LinkedHashMap<>();
        to.forEach(address -> each.putIfAbsent(address.key(), address));
        each.forEach((key, address) -> {
            Optional<List<Target>> targets = targets(address, addressing.from());
            EnhancedStatus status = targets.isPresent() ? EnhancedStatus.RECIPIENT_OK : EnhancedStatus.UNKNOWN_MAILBOX;
            String why = targets.isPresent() ? "" : "there is no such address, or it takes no mail from you";
            outcomes.add(new Outcome(address.toString(), targets.isPresent(), status.toString(), why));
            targets.ifPresentOrElse(
                    found -> recipients.put(key, new Recipient(address.toString(), Set.of(), "", found)),
                    () -> refused.add(new FieldProblem("to", "<" + address + ">: " + why)));
        });
        if (recipients.isEmpty()) {
            throw new InvalidFields(refused);
        }
    }

    private Optional<List<Target>> targets(EmailAddress address, EmailAddress sender) {
        return switch (directory.resolve(address)) {
            case Directory.Verdict.Deliverable deliverable ->
                Optional.of(deliverable.targets()).filter(_ -> deliverable.takesFrom(sender));
            // A literal would let a user have this host connect to any machine, itself included.
            case Directory.Verdict.Elsewhere _ ->
                address.domain().startsWith("[")
                        ? Optional.empty()
                        : Optional.of(List.of(new Target.Remote(address.toString())));
            case Directory.Verdict.Unknown _, Directory.Verdict.Disabled _ -> Optional.empty();
            case Directory.Verdict.Unavailable _ ->
                throw new ProblemException(ErrorCode.UNAVAILABLE, "addresses can't be looked up now");
        };
    }

    private static boolean ascii(EmailAddress address) {
        return address.local().chars().allMatch(c -> c < 0x80);
    }

    private static String newTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
    }
}
