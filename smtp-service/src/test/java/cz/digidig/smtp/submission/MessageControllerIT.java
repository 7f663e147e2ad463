package cz.digidig.smtp.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.common.security.Caller;
import cz.digidig.smtp.dns.DnsTable;
import cz.digidig.smtp.policy.ArrivalPolicy;
import cz.digidig.smtp.policy.DmarcCounts;
import cz.digidig.smtp.protocol.Credentials;
import cz.digidig.smtp.session.Account;
import cz.digidig.smtp.session.Directory;
import cz.digidig.smtp.settings.Checks;
import cz.digidig.smtp.settings.RateLimits;
import cz.digidig.smtp.settings.SmtpLimits;
import cz.digidig.smtp.settings.SmtpSettings;
import cz.digidig.smtp.settings.Submission;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolSettings;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.usage.DailyUsage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Submission by REST, down to the spool on disk. */
class MessageControllerIT {
    private static final Caller ALICE = new Caller("alice", "alice@digidig.test", Set.of("mail.send"), Set.of("user"));
    private static final Caller SERVICE = new Caller("client-service", "", Set.of("internal"), Set.of());
    private static final String RAW =
            "From: alice@digidig.test\r\nTo: bob@digidig.test, List: c@x.example, d@x.example;\r\n"
                    + "Cc: (a comment) \"E, e\" <e@x.example>\r\nBcc: hidden@x.example\r\nSubject: x\r\n\r\nhi\r\n";

    @TempDir
    private Path folder;

    private final JsonMapper json = JsonMapper.builder().build();
    private final People people = new People();
    private SmtpSettings settings = SmtpSettings.of("mail.digidig.test", List.of());
    private Spool spool;
    private DailyUsage usage;
    private MessageController controller;
    private ScheduledController scheduled;

    /** alice and bob of digidig.test. */
    private static final class People implements Directory {
        private boolean down;

        @Override
        public Verdict resolve(EmailAddress address) {
            if (down) {
                return new Verdict.Unavailable();
            }
            if (!address.domain().equals("digidig.test")) {
                return new Verdict.Elsewhere();
            }
            return Set.of("alice", "bob").contains(address.local())
                    ? new Verdict.Deliverable(List.of(new Target.Local(address.local(), address.key())))
                    : new Verdict.Unknown();
        }

        @Override
        public LogIn logIn(Credentials credentials, InetAddress client) {
            return new LogIn.Refused();
        }

        @Override
        public LogIn account(String id) {
            return Set.of("alice", "bob").contains(id)
                    ? new LogIn.Accepted(new Account(id, id + "@digidig.test", Set.of(id + "@digidig.test")))
                    : new LogIn.Refused();
        }
    }

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(
                new SpoolSettings(folder.resolve("spool"), 1 << 20, 64 << 10, 4 << 20, 0, Long.MAX_VALUE),
                Clock.systemUTC());
        usage = new DailyUsage(folder.resolve("usage"), Clock.systemUTC());
        Submissions submissions = submissions(Clock.systemUTC());
        Answers answers = new Answers(folder.resolve("answers"), Clock.systemUTC(), json);
        controller = new MessageController(submissions, new IdempotentSubmissions(submissions, answers), json);
        scheduled = new ScheduledController(submissions, spool);
    }

    private Submissions submissions(Clock clock) {
        Duration minute = Duration.ofMinutes(1);
        SmtpLimits limits = new SmtpLimits(
                1, 1, minute, minute, minute, minute, minute, DataSize.ofBytes(1), 4096, 2000, 1, 1, 1, 10, 50);
        ArrivalPolicy policy = new ArrivalPolicy(
                new DnsTable(),
                new DmarcCounts(folder.resolve("dmarc"), Clock.systemUTC()),
                Clock.systemUTC(),
                () -> 0);
        return new Submissions(spool, people, usage, policy, () -> settings, limits, clock);
    }

    @AfterEach
    void close() {
        spool.close();
        usage.close();
    }

    private static MockHttpServletRequest request(String body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/messages");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        request.setRemoteAddr("192.0.2.7");
        return request;
    }

    private ResponseEntity<Submitted> raw(String body, @Nullable String key, String... to) throws IOException {
        return controller.submit(
                ALICE, "me", null, to.length == 0 ? null : List.of(to), false, null, key, request(body));
    }

    private ResponseEntity<Submitted> compose(String body, @Nullable String key) throws IOException {
        return controller.compose(ALICE, "me", key, request(body.replace('\'', '"')));
    }

    private static Submitted body(ResponseEntity<Submitted> answer) {
        assertThat(answer.getStatusCode().value()).isEqualTo(202);
        Submitted submitted = answer.getBody();
        if (submitted == null) {
            throw new AssertionError("there is no body");
        }
        return submitted;
    }

    private QueuedMessage only() {
        return spool.messages().iterator().next();
    }

    private String content(QueuedMessage message) throws IOException {
        try (InputStream in = spool.content(message)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aMessageAsItIsGoesToWhomItsHeaderNames() throws IOException {
        Submitted answer = body(raw(RAW, null));
        assertThat(answer.recipients())
                .extracting(Submitted.Outcome::address)
                .containsExactly("bob@digidig.test", "c@x.example", "d@x.example", "e@x.example", "hidden@x.example");
        assertThat(only().id()).hasToString(answer.id());
        assertThat(only().envelope().from()).hasToString("alice@digidig.test");
        assertThat(only().envelope().submitter()).isEqualTo("alice");
        assertThat(content(only()))
                .matches("(?s)Received: from \\[192\\.0\\.2\\.7\\]\r\n\tby mail\\.digidig\\.test with HTTP id .*")
                .doesNotContain("hidden")
                .contains("Message-ID: " + answer.messageId() + "\r\n")
                .endsWith("\r\n\r\nhi\r\n");
    }

    @Test
    void theRequestsEnvelopeWins() throws IOException {
        Submitted answer = body(raw(RAW, null, "f@x.example", "nobody@digidig.test"));
        assertThat(answer.recipients())
                .extracting(one -> one.address() + " " + one.accepted() + " " + one.status())
                .containsExactly("f@x.example true 2.1.5", "nobody@digidig.test false 5.1.1");
        assertThat(only().destinations())
                .extracting(Destination::target)
                .containsExactly(new Target.Remote("f@x.example"));
    }

    @Test
    void noAcceptableRecipientIsRefused() {
        assertThatExceptionOfType(InvalidFields.class)
                .isThrownBy(() -> raw(RAW, null, "nobody@digidig.test", "a@[127.0.0.1]"))
                .satisfies(refused -> assertThat(refused.problems()).hasSize(2));
        assertThat(spool.messages()).isEmpty();
    }

    @Test
    void nobodySendsAsSomebodyElse() {
        assertThatExceptionOfType(InvalidFields.class)
                .isThrownBy(() -> raw("From: bob@digidig.test\r\nTo: c@x.example\r\n\r\n", null));
        assertThatExceptionOfType(InvalidFields.class)
                .isThrownBy(() -> controller.submit(
                        ALICE,
                        "me",
                        "bob@digidig.test",
                        List.of("c@x.example"),
                        false,
                        null,
                        null,
                        request("\r\nhi\r\n")));
        assertThatExceptionOfType(InvalidFields.class)
                .isThrownBy(() -> compose("{'from':'bob@digidig.test','to':['c@x.example']}", null));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> controller.submit(ALICE, "bob", null, null, false, null, null, request(RAW)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(spool.messages()).isEmpty();
    }

    @Test
    void aServiceNamesTheAccount() throws IOException {
        controller.submit(SERVICE, "alice", null, null, false, null, null, request(RAW));
        assertThat(only().envelope().submitter()).isEqualTo("alice");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> controller.submit(SERVICE, "me", null, null, false, null, null, request(RAW)));
    }

    @Test
    void aCopyForTheSentMailboxKeepsBcc() throws IOException {
        Submitted answer = body(compose(
                "{'to':['bob@digidig.test'],'bcc':['Hidden <h@x.example>','i@x.example'],'text':'hi','saveSent':true}",
                null));
        assertThat(answer.recipients()).hasSize(3);
        assertThat(only().destinations())
                .extracting(Destination::target)
                .containsExactly(
                        new Target.Local("bob", "bob@digidig.test"),
                        new Target.Remote("h@x.example"),
                        new Target.Remote("i@x.example"),
                        new Target.Sent("alice", "alice@digidig.test", "Bcc: Hidden <h@x.example>, i@x.example\r\n"));
        assertThat(content(only())).doesNotContain("Bcc").contains("\r\nDate: ").endsWith("\r\n\r\nhi");
        String id = answer.id();
        spool.close();
        open();
        assertThat(spool.message(only().id())
                        .orElseThrow()
                        .destinations()
                        .getLast()
                        .target())
                .as("after a restart")
                .isEqualTo(
                        new Target.Sent("alice", "alice@digidig.test", "Bcc: Hidden <h@x.example>, i@x.example\r\n"));
        assertThat(only().id()).hasToString(id);
    }

    @Test
    void aMessageThatIsToBeSentLaterWaitsIsShownAndCalledBack() throws IOException {
        Instant later = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MILLIS);
        String id = body(compose(
                        "{'to':['bob@digidig.test'],'bcc':['h@x.example'],'subject':'Žluť','text':'hi','saveSent':true,'sendAt':'%s'}"
                                .formatted(later),
                        null))
                .id();
        body(raw(RAW, null));
        spool.close();
        open();
        QueuedMessage waiting = spool.message(QueueId.parse(id).orElseThrow()).orElseThrow();
        assertThat(waiting.pending()).hasSize(3).allSatisfy(destination -> assertThat(
                        waiting.state(destination.index()).nextAttempt())
                .isEqualTo(later.toEpochMilli()));
        assertThat(scheduled.list(ALICE, "me").items())
                .containsExactly(new ScheduledController.Scheduled(
                        id, later, "Žluť", List.of("bob@digidig.test", "h@x.example"), waiting.octets()));
        MockHttpServletResponse octets = new MockHttpServletResponse();
        scheduled.get(ALICE, "me", id, octets);
        assertThat(octets.getContentAsString(StandardCharsets.UTF_8))
                .startsWith("Bcc: h@x.example\r\n")
                .endsWith("\r\n\r\nhi");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> scheduled.cancel(SERVICE, "bob", id))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND));
        scheduled.cancel(ALICE, "me", id);
        assertThat(scheduled.list(ALICE, "me").items()).isEmpty();
        assertThat(spool.messages()).hasSize(1);
        spool.close();
        open();
        assertThat(spool.messages()).as("after a restart").hasSize(1);
    }

    @Test
    void whatIsAboutToBeSentIsNotCalledBack() throws IOException {
        Instant later = Instant.now().plus(Duration.ofHours(2));
        String id = body(controller.submit(ALICE, "me", null, null, false, later, null, request(RAW)))
                .id();
        Submissions now = submissions(Clock.fixed(later.minusMillis(900), ZoneOffset.UTC));
        ScheduledController late =
                new ScheduledController(now, spool, Clock.fixed(later.minusMillis(900), ZoneOffset.UTC));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> late.cancel(ALICE, "me", id))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThatExceptionOfType(InvalidFields.class)
                .isThrownBy(() -> controller.submit(
                        ALICE, "me", null, null, false, later.plus(Duration.ofDays(400)), null, request(RAW)));
    }

    @Test
    void aRepeatUnderOneKeyIsAnsweredAsTheFirstTimeOverARestartToo() throws IOException {
        Submitted first = body(raw(RAW, "key 1"));
        assertThat(body(raw(RAW, "key 1"))).isEqualTo(first);
        spool.close();
        open();
        ResponseEntity<Submitted> again = raw(RAW, "key 1");
        assertThat(body(again)).isEqualTo(first);
        assertThat(again.getHeaders().getFirst("Idempotent-Replayed")).isEqualTo("true");
        assertThat(spool.messages()).hasSize(1);
        assertThat(body(raw(RAW, "key 2")).id()).isNotEqualTo(first.id());
        for (String other : List.of(RAW + "more\r\n", RAW.replace("hi", "ho"))) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> raw(other, "key 1"))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT));
        }
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> raw(RAW, "key 1", "other@x.example"));
        assertThat(spool.messages()).hasSize(2);
    }

    @Test
    void aRepeatOfWhatWasComposedIsTheSameMessage() throws IOException {
        String body = "{'to':['bob@digidig.test'],'text':'hi','attachments':[{'content':'AA=='}]}";
        Submitted first = body(compose(body, "k"));
        assertThat(body(compose(body, "k"))).isEqualTo(first);
        assertThat(spool.messages()).hasSize(1);
    }

    @Test
    void whatWasRefusedMayBeTriedAgainUnderItsKey() throws IOException {
        assertThatExceptionOfType(InvalidFields.class).isThrownBy(() -> raw(RAW, "k", "nobody@digidig.test"));
        people.down = true;
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> raw(RAW, "k"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        people.down = false;
        assertThat(body(raw(RAW, "k")).recipients()).hasSize(5);
    }

    @Test
    void anAnswerWhoseMessageACrashPreventedDoesNotCount() throws IOException {
        Submitted first = body(raw(RAW, "k"));
        Path kept;
        try (Stream<Path> files = Files.list(folder.resolve("answers"))) {
            kept = files.findFirst().orElseThrow();
        }
        Files.writeString(kept, Files.readString(kept).replace("\"taken\":true", "\"taken\":false"));
        assertThat(body(raw(RAW, "k"))).as("the spool has it").isEqualTo(first);
        Files.writeString(kept, Files.readString(kept).replace(first.id(), "0"));
        assertThat(body(raw(RAW, "k")).id()).as("the spool has it not").isNotEqualTo(first.id());
        assertThat(spool.messages()).hasSize(2);
    }

    @Test
    void anAccountsRateHoldsAndARepeatDoesNotCount() throws IOException {
        RateLimits limits = new RateLimits(0, 0, 0, 2);
        settings = new SmtpSettings(
                settings.hostname(),
                1 << 20,
                3,
                List.of(),
                List.of(),
                List.of(),
                new Checks(null, null, null, null, null, null, null, limits, null),
                settings.submission());
        raw(RAW, "once", "bob@digidig.test");
        raw(RAW, "once", "bob@digidig.test");
        raw(RAW, null, "bob@digidig.test");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> raw(RAW, null, "bob@digidig.test"))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY_ATTEMPTS);
                    assertThat(refused.retrySeconds().orElse(0)).isBetween(1L, 30L);
                });
        assertThat(spool.messages()).hasSize(2);
    }

    @Test
    void limitsHoldAsOnTheSubmissionPorts() throws IOException {
        settings = new SmtpSettings(
                settings.hostname(),
                2048,
                3,
                List.of(),
                List.of(),
                List.of(),
                settings.checks(),
                new Submission(0, 0, 1, 10));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> raw(RAW + "x".repeat(2048) + "\r\n", null))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOO_LARGE));
        assertThatExceptionOfType(InvalidFields.class).isThrownBy(() -> raw(RAW, null));
        raw(RAW, null, "bob@digidig.test");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> raw(RAW, null, "bob@digidig.test"))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY_ATTEMPTS);
                    assertThat(refused.retrySeconds().orElse(0)).isBetween(86_000L, 86_400L);
                });
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> raw("a\nb\r\n", null, "bob@digidig.test"));
        assertThatExceptionOfType(InvalidFields.class).isThrownBy(() -> raw(RAW, "key\u0000"));
        assertThatExceptionOfType(InvalidFields.class).isThrownBy(() -> compose("{'unknown':1}", null));
        assertThat(spool.messages()).hasSize(1);
    }
}
