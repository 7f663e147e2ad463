package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cz.digidig.system.bench.Bench;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Program;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a suite that runs elsewhere does and says of itself, left as files for whoever looks later. */
@ExtendWith(SuiteExtension.class)
class PerformanceIT {
    private static final String MAILS = "500";

    private final Suite suite;
    private final Path results;

    PerformanceIT(Suite suite) {
        assumeTrue(suite.isGiven(), "./digidig bench measures a suite on this machine");
        this.suite = suite;
        this.results = Path.of(System.getenv().getOrDefault("DIGIDIG_RESULTS_DIR", "."));
    }

    @Test
    void benchRunsToItsEnd() throws IOException, InterruptedException {
        Account account = suite.newAccount();
        Program.Result result = Program.run(
                Duration.ofMinutes(5),
                Map.of("DIGIDIG_BENCH_PASSWORD", account.password()),
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                Bench.class.getName(),
                "--mx",
                Integer.toString(suite.port(Port.MX)),
                "--imaps",
                Integer.toString(suite.port(Port.IMAPS)),
                "--address",
                account.address(),
                "--mails",
                MAILS);
        Files.write(Files.createDirectories(results.resolve("performance")).resolve("bench.txt"), result.output());
        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.text()).contains(MAILS + " mails");
    }

    @Test
    void servicesTellHealthMetricsAndApi() throws IOException, InterruptedException {
        for (Service service : Service.values()) {
            Path folder = Files.createDirectories(results.resolve("artefacts").resolve(service.title()));
            for (Map.Entry<String, String> one : Map.of(
                            "/api/health", "health.json",
                            "/api/config", "config.json",
                            "/actuator/prometheus", "metrics.txt",
                            "/v3/api-docs", "openapi.json")
                    .entrySet()) {
                var answer = suite.rest(service, suite.admin()).get(one.getKey());
                assertThat(answer.status()).as(service.title() + one.getKey()).isEqualTo(200);
                Files.write(folder.resolve(one.getValue()), answer.body());
            }
        }
    }
}
