package cz.digidig.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service, running beside a suite of fakes.
 *
 * @param base its address
 * @param folder its data and logs
 */
record Admin(FakeSuite suite, ConfigurableApplicationContext service, String base, Path folder)
        implements AutoCloseable {
    static Admin start() throws IOException {
        FakeSuite suite = new FakeSuite();
        Path folder = Files.createTempDirectory("admin-service-");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String base = "http://127.0.0.1:" + port;
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/smtp-service.log"), """
            {"@timestamp":"2026-01-01T10:00:00.000Z","message":"<i>accepted</i> as Q1","level":"INFO","traceId":"abc123abc123","queueId":"Q1"}
            {"@timestamp":"2026-01-01T10:00:01.000Z","message":"slow","level":"WARN","traceId":"def456def456"}
            {"@timestamp":"2026-01-01T10:00:02.000Z","message":"Q1 delivered","level":"INFO","traceId":"abc123abc123","queueId":"Q1","to":"<b>Bold</b>@digidig.test"}
            not JSON
            """);
        ConfigurableApplicationContext service = new SpringApplication(AdminApplication.class)
                .run(
                        "--server.port=" + port,
                        "--digidig.bind-address=127.0.0.1",
                        "--digidig.data-dir=" + folder.resolve("data"),
                        "--digidig.logs-dir=" + folder.resolve("logs"),
                        "--logging.file.name=" + folder.resolve("admin.txt"),
                        "--digidig.tests-dir=" + folder,
                        "--digidig.client.identity-url=" + suite.url(),
                        "--digidig.sign-in.url=" + base,
                        "--digidig.sign-in.identity-public-url=" + suite.url(),
                        "--digidig.admin.services.smtp=" + suite.url() + "/smtp",
                        "--digidig.admin.services.imap=" + suite.url() + "/imap",
                        "--digidig.admin.services.client=" + suite.url(),
                        "--digidig.admin.services.storage=" + suite.url());
        return new Admin(suite, service, base, folder);
    }

    /** A browser of somebody who just signed in; of whom, {@link FakeSuite#roles} says. */
    Browser signedIn() throws IOException, InterruptedException {
        Browser browser = new Browser(base);
        int status = browser.get("/api-keys").statusCode();
        if (status != 200) {
            throw new IOException("signing in ended with " + status);
        }
        return browser;
    }

    @Override
    public void close() {
        service.close();
        suite.close();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
