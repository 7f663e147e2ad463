package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.SpanCollector.Span;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mail is one trace, from smtp over storage to imap, as a collector receives it. */
@ExtendWith(SuiteExtension.class)
class TraceIT {
    /** Spans are sent every five seconds. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int AT_ONCE = 25;

    private final Suite suite;

    TraceIT(Suite suite) {
        suite.requireOwn();
        this.suite = suite;
    }

    /** The spans of a trace that went through all three, if there is one. */
    private Optional<List<Span>> whole() {
        Map<String, List<Span>> traces = suite.spans().stream().collect(Collectors.groupingBy(Span::trace));
        return traces.values().stream()
                .filter(trace -> List.of(Service.SMTP, Service.STORAGE, Service.IMAP).stream()
                        .allMatch(service ->
                                trace.stream().anyMatch(span -> span.service().equals(service.title()))))
                .filter(trace -> trace.stream().anyMatch(span -> span.name().equals("deliver")))
                .findFirst();
    }

    private static Span named(List<Span> trace, Service service, String name) {
        return trace.stream()
                .filter(span ->
                        span.service().equals(service.title()) && span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " of " + service.title() + " in " + trace));
    }

    @Test
    void aMailIsOneTraceThroughSmtpStorageAndImap() throws IOException, InterruptedException {
        Account account = suite.newAccount();
        try (ImapClient imap = suite.imap(account);
                SmtpClient smtp = suite.smtp(Port.MX)) {
            imap.select("INBOX");
            // A share of them is recorded.
            List<Span> trace = Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(LOOK)
                    .until(
                            () -> {
                                for (int i = 0; i < AT_ONCE; i++) {
                                    byte[] message =
                                            Messages.simple("a@elsewhere.example", account.address(), "traced");
                                    assertThat(smtp.send("a@elsewhere.example", account.address(), message)
                                                    .code())
                                            .isEqualTo(250);
                                }
                                return whole();
                            },
                            Optional::isPresent)
                    .orElseThrow();
            Span announce = named(trace, Service.IMAP, "announce");
            Map<String, Span> byId = trace.stream().collect(Collectors.toMap(Span::id, span -> span));
            Span storing = Objects.requireNonNull(byId.get(announce.parent()), "what the announcement belongs to");
            assertThat(storing.service()).isEqualTo(Service.STORAGE.title());
            // A mail that another test sent to several people was delivered more than once.
            assertThat(ancestors(storing, byId))
                    .anyMatch(span -> span.service().equals(Service.SMTP.title())
                            && span.name().equals("deliver"));
        }
    }

    private static List<Span> ancestors(Span span, Map<String, Span> byId) {
        return Stream.iterate(span, Objects::nonNull, each -> byId.get(each.parent()))
                .toList();
    }
}
