package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Services killed by {@code kill -9} under load: every message that got a 250 is there exactly once. {@code
 * -Ddigidig.kills=20} for the long run.
 */
@ExtendWith(SuiteExtension.class)
class CrashIT {
    private static final int KILLS = Integer.getInteger("digidig.kills", 4);
    private static final int SENDERS = 20;
    private static final List<Service> VICTIMS = List.of(Service.SMTP, Service.STORAGE, Service.IMAP, Service.IDENTITY);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Suite suite;

    CrashIT(Suite suite) {
        suite.requireOwn();
        this.suite = suite;
    }

    @Test
    void everyMessageThatGotA250IsThereExactlyOnce() throws IOException, InterruptedException {
        List<Account> recipients = suite.newAccounts(10);
        Set<String> accepted;
        int disturbances;
        try (Load load = new Load(suite, recipients, SENDERS, Duration.ofMillis(150))) {
            for (int kill = 0; kill < KILLS; kill++) {
                load.awaitMore(100);
                suite.kill(VICTIMS.get(kill % VICTIMS.size()));
                suite.up();
            }
            load.awaitMore(100);
            load.stop();
            accepted = load.accepted();
            disturbances = load.disturbances();
        }
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Load.count(suite, recipients) >= accepted.size());
        assertThat(Load.notOnce(accepted, Load.found(suite, recipients)))
                .as("of %d accepted, after %d kills", accepted.size(), KILLS)
                .isEmpty();
        System.out.printf(
                "CrashIT: %d kills, %d connections broken off, %d messages accepted, each there once%n",
                KILLS, disturbances, accepted.size());
    }
}
