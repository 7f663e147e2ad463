package cz.digidig.system;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.SmtpClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Port;
import cz.digidig.system.suite.Program;
import cz.digidig.system.suite.Suite;
import cz.digidig.system.suite.SuiteExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Mail comes in by SMTP and is read by IMAP, with the programs that people use, octet for octet. */
@ExtendWith(SuiteExtension.class)
class MainJobIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Suite suite;
    private final Path folder;
    private final Account reader;

    MainJobIT(Suite suite, @TempDir Path folder) throws IOException, InterruptedException {
        this.suite = suite;
        this.folder = folder;
        this.reader = suite.newAccount();
    }

    @Test
    void seededAccountsLogIn() throws IOException {
        for (Account account : List.of(suite.admin(), suite.alice(), suite.bob())) {
            try (ImapClient imap = suite.imap(account)) {
                imap.select("INBOX");
            }
        }
    }

    @Test
    void swaksDeliversByMxInClear() throws IOException, InterruptedException {
        byte[] message = Messages.simple("sender@elsewhere.example", reader.address(), "mx-clear");
        swaks(message, "sender@elsewhere.example", "--port", port(Port.MX));
        assertDelivered(message);
    }

    @Test
    void swaksDeliversByMxAfterStartTls() throws IOException, InterruptedException {
        byte[] message = Messages.simple("sender@elsewhere.example", reader.address(), "mx-tls");
        swaks(message, "sender@elsewhere.example", "--port", port(Port.MX), "--tls");
        assertThat(assertDelivered(message)).contains("ESMTPS");
    }

    @Test
    void swaksSubmitsAfterStartTlsAndLogIn() throws IOException, InterruptedException {
        Account bob = suite.bob();
        byte[] message = Messages.simple(bob.address(), reader.address(), "submission");
        swaks(message, bob.address(), withLogin(bob, "--port", port(Port.SUBMISSION), "--tls", "--auth", "PLAIN"));
        assertThat(assertDelivered(message)).contains("ESMTPSA");
    }

    @Test
    void swaksSubmitsOverTlsFromTheStart() throws IOException, InterruptedException {
        Account bob = suite.bob();
        byte[] message = Messages.simple(bob.address(), reader.address(), "submissions");
        swaks(
                message,
                bob.address(),
                withLogin(bob, "--port", port(Port.SUBMISSIONS), "--tls-on-connect", "--auth", "LOGIN"));
        assertDelivered(message);
    }

    @Test
    void curlReadsOctetForOctet() throws IOException, InterruptedException {
        Program.require("curl");
        byte[] message = deliver("curl");
        Program.Result result = Program.run(
                LIMIT,
                "curl",
                "-sSk",
                "--user",
                reader.address() + ":" + reader.password(),
                "imaps://127.0.0.1:" + port(Port.IMAPS) + "/INBOX;MAILINDEX=1");
        assertThat(result.code()).as(result.toString()).isZero();
        Messages.traceAbove(message, result.output());
    }

    @Test
    void curlReadsAfterStartTls() throws IOException, InterruptedException {
        Program.require("curl");
        byte[] message = deliver("curl-starttls");
        Program.Result result = Program.run(
                LIMIT,
                "curl",
                "-sSk",
                "--ssl-reqd",
                "--user",
                reader.address() + ":" + reader.password(),
                "imap://127.0.0.1:" + port(Port.IMAP4) + "/INBOX;MAILINDEX=1");
        assertThat(result.code()).as(result.toString()).isZero();
        Messages.traceAbove(message, result.output());
    }

    @Test
    void mbsyncMirrorsTheMailbox() throws IOException, InterruptedException {
        Program.require("mbsync");
        byte[] first = deliver("mbsync-1");
        byte[] second = deliver("mbsync-2");
        Path maildir = Files.createDirectory(folder.resolve("mail"));
        Path settings = Files.writeString(folder.resolve("mbsyncrc"), """
                IMAPAccount digidig
                Host 127.0.0.1
                Port %s
                User %s
                Pass %s
                SSLType IMAPS
                CertificateFile %s

                IMAPStore far
                Account digidig

                MaildirStore near
                Path %s/
                Inbox %s/INBOX

                Channel all
                Far :far:
                Near :near:
                Patterns INBOX
                Create Near
                SyncState *
                """.formatted(
                        port(Port.IMAPS), reader.address(), reader.password(), certificate(), maildir, maildir));
        Program.Result result = Program.run(LIMIT, "mbsync", "-c", settings.toString(), "-a");
        assertThat(result.code()).as(result.toString()).isZero();

        try (Stream<Path> files = Files.list(maildir.resolve("INBOX/new"))) {
            List<byte[]> kept = files.sorted().map(MainJobIT::read).toList();
            assertThat(kept).hasSize(2);
            assertThat(kept).anySatisfy(octets -> Messages.traceAbove(first, Messages.crlf(octets)));
            assertThat(kept).anySatisfy(octets -> Messages.traceAbove(second, Messages.crlf(octets)));
        }
    }

    @Test
    void neomuttCopiesAMessage() throws IOException, InterruptedException {
        Program.require("neomutt");
        Program.require("script");
        byte[] message = deliver("neomutt");
        Path copy = folder.resolve("copy");
        Path settings = Files.writeString(folder.resolve("muttrc"), """
                set imap_user = "%s"
                set imap_pass = "%s"
                set ssl_force_tls = yes
                set ssl_verify_host = no
                set ssl_verify_dates = no
                set ssl_ca_certificates_file = ""
                set certificate_file = "%s"
                set folder = "imaps://127.0.0.1:%s/"
                set spoolfile = "+INBOX"
                set pipe_decode = no
                set wait_key = no
                set quit = yes
                set mark_old = no
                push "<pipe-message>cat >%s<enter><quit>"
                """.formatted(
                        reader.address(), reader.password(), certificate(), port(Port.IMAPS), copy));
        Program.Result result = Program.run(
                LIMIT,
                Map.of("TERM", "xterm", "HOME", folder.toString()),
                "script",
                "-qec",
                "neomutt -n -F " + settings,
                "/dev/null");
        assertThat(result.code()).as(result.toString()).isZero();
        Messages.traceAbove(message, Messages.crlf(read(copy)));
    }

    /** The certificate that the IMAP service signed itself, as programs ask for it. */
    private Path certificate() throws IOException, InterruptedException {
        Program.require("openssl");
        Program.Result chain =
                Program.run(LIMIT, "openssl", "s_client", "-connect", "127.0.0.1:" + port(Port.IMAPS), "-showcerts");
        String text = chain.text();
        int start = text.indexOf("-----BEGIN CERTIFICATE-----");
        String end = "-----END CERTIFICATE-----\n";
        assertThat(start).as(chain.toString()).isPositive();
        return Files.writeString(
                folder.resolve("certificate.pem"), text.substring(start, text.indexOf(end) + end.length()));
    }

    private void swaks(byte[] message, String sender, String... more) throws IOException, InterruptedException {
        Program.require("swaks");
        Assumptions.assumeTrue(
                Stream.of(more).noneMatch(option -> option.startsWith("--tls"))
                        || Program.run(LIMIT, "swaks", "--support").text().contains("TLS supported"),
                "swaks has no TLS: Perl's Net::SSLeay is not installed");
        // swaks ends what it reads with a line end of its own.
        byte[] lines = Messages.lf(message);
        Path file = Files.write(folder.resolve("message.eml"), Arrays.copyOf(lines, lines.length - 1));
        String[] common = {
            "swaks", "--server", "127.0.0.1", "--from", sender, "--to", reader.address(), "--data", "@" + file
        };
        Program.Result result = Program.run(
                LIMIT, Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new));
        assertThat(result.code()).as(result.toString()).isZero();
    }

    private static String[] withLogin(Account account, String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--auth-user", account.address(), "--auth-password", account.password()))
                .toArray(String[]::new);
    }

    /** Delivers a message by MX and waits until IMAP shows it. */
    private byte[] deliver(String name) throws IOException {
        byte[] message = Messages.simple("sender@elsewhere.example", reader.address(), name);
        try (ImapClient imap = suite.imap(reader);
                SmtpClient smtp = suite.smtp(Port.MX)) {
            int before = imap.select("INBOX");
            assertThat(smtp.send("sender@elsewhere.example", reader.address(), message)
                            .code())
                    .isEqualTo(250);
            awaitMessages(before + 1);
        }
        return message;
    }

    private void awaitMessages(int count) {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            try (ImapClient imap = suite.imap(reader)) {
                assertThat(imap.select("INBOX")).isEqualTo(count);
            }
        });
    }

    /** The trace header fields above the only message of the reader. */
    private String assertDelivered(byte[] message) throws IOException {
        awaitMessages(1);
        try (ImapClient imap = suite.imap(reader)) {
            imap.select("INBOX");
            String trace = Messages.traceAbove(message, imap.fetch(imap.uids().getFirst()));
            assertThat(trace).contains("Received: from ").contains("Return-Path: <");
            return trace;
        }
    }

    private static byte[] read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .replaceAll("(?m)^X-TUID: .*\n", "")
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String port(Port port) {
        return Integer.toString(suite.port(port));
    }
}
