package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many clients that wait in IDLE over TLS ({@code -Ddigidig.idle=1000} for more): what they cost, how fast they hear. */
@ExtendWith(SuiteExtension.class)
class IdleIT {
    private static final int CONNECTIONS = Integer.getInteger("digidig.idle", 200);
    private static final int DELIVERIES = 20;

    private final Suite suite;

    IdleIT(Suite suite) {
        suite.requireOwn();
        this.suite = suite;
    }

    @Test
    void idleClientsCostLittleAndHearOfDeliveriesAtOnce() throws Exception {
        List<Account> accounts = suite.newAccounts(10);
        for (Account account : accounts) {
            suite.imap(account).close();
        }
        long before = suite.residentMemory(Service.IMAP);
        List<ImapClient> clients = openAll(accounts);
        try {
            long perConnection = (suite.residentMemory(Service.IMAP) - before) / CONNECTIONS;
            List<Long> delays = deliver(accounts.getFirst(), clients.getFirst());
            Collections.sort(delays);
            long median = delays.get(delays.size() / 2);
            System.out.printf(
                    "IdleIT: %d connections over TLS, %d KB each; delivery to push %d ms at the median, %d ms at most%n",
                    CONNECTIONS, perConnection / 1024, median / 1_000_000, delays.getLast() / 1_000_000);
            assertThat(Duration.ofNanos(median)).isLessThan(Duration.ofSeconds(5));
            for (ImapClient client : clients) {
                client.wire().writeLine("DONE");
            }
            for (int i = 0; i < clients.size(); i++) {
                assertThat(completion(clients.get(i))).as("connection %d", i).contains(" OK");
            }
        } finally {
            for (ImapClient client : clients) {
                client.close();
            }
        }
    }

    private List<ImapClient> openAll(List<Account> accounts) throws Exception {
        List<Future<ImapClient>> opening = new ArrayList<>();
        try (ExecutorService openers = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                Account account = accounts.get(i % accounts.size());
                opening.add(openers.submit(() -> {
                    ImapClient client = suite.imap(account);
                    client.select("INBOX");
                    client.beginIdle();
                    return client;
                }));
            }
        }
        List<ImapClient> clients = new ArrayList<>();
        for (Future<ImapClient> one : opening) {
            clients.add(one.get());
        }
        return clients;
    }

    /** Nanoseconds from the 250 to the EXISTS, for each of some deliveries. */
    private List<Long> deliver(Account account, ImapClient idle) throws IOException {
        List<Long> delays = new ArrayList<>();
        idle.wire().readLimit(Duration.ofSeconds(30));
        try (SmtpClient smtp = suite.smtp(Port.MX)) {
            for (int i = 0; i < DELIVERIES; i++) {
                byte[] message = Messages.simple("a@elsewhere.example", account.address(), "idle-" + i);
                assertThat(smtp.send("a@elsewhere.example", account.address(), message)
                                .code())
                        .isEqualTo(250);
                long sent = System.nanoTime();
                awaitExists(idle);
                delays.add(System.nanoTime() - sent);
            }
        }
        return delays;
    }

    private static void awaitExists(ImapClient idle) throws IOException {
        String text;
        do {
            text = idle.readResponse().text();
        } while (!text.endsWith(" EXISTS"));
    }

    private static String completion(ImapClient client) throws IOException {
        String line = client.readResponse().text();
        while (line.startsWith("*")) {
            line = client.readResponse().text();
        }
        return line;
    }
}
