package cz.digidig.smtp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.mailauth.dkim.DkimSigner;
import cz.digidig.smtp.mailauth.dkim.SignatureAlgorithm;
import cz.digidig.smtp.mailauth.dkim.SigningKey;
import cz.digidig.smtp.settings.BlockList;
import cz.digidig.smtp.settings.Checks;
import cz.digidig.smtp.settings.Checks.Mode;
import cz.digidig.smtp.settings.RateLimits;
import cz.digidig.smtp.spool.QueuedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checks on arrival make of mail from a client at 127.0.0.1. */
class ArrivalIT {
    private static final String MESSAGE =
            "From: A <a@example.org>\r\nTo: alice@digidig.test\r\nSubject: s\r\n\r\nbody\r\n";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(folder, TestServer.LIMITS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Checks only(Mode spf, Mode dkim, Mode dmarc) {
        return new Checks(spf, dkim, dmarc);
    }

    private static Checks client(
            Mode reverse, Mode hello, List<BlockList> block, List<String> allow, RateLimits rates) {
        return new Checks(Mode.OFF, Mode.OFF, Mode.OFF, reverse, hello, block, allow, rates, List.of());
    }

    private String mail(String sender) throws IOException {
        try (RawClient client = server.mx()) {
            client.hello();
            client.send("MAIL FROM:<" + sender + ">\r\n");
            return client.read();
        }
    }

    /** The reply to a whole message. */
    private String send(String sender, String message) throws IOException {
        try (RawClient client = server.mx()) {
            client.hello()
                    .expect("250", "MAIL FROM:<" + sender + ">")
                    .expect("250", "RCPT TO:<alice@digidig.test>")
                    .expect("354", "DATA")
                    .send(message.replace("\r\n.", "\r\n..") + ".\r\n");
            return client.read();
        }
    }

    private QueuedMessage last() {
        return server.accepted().getLast();
    }

    /** The octets of the last message behind our own fields. */
    private String rest() throws IOException {
        String content = server.content(last());
        return content.substring(content.indexOf("From: A"));
    }

    private String results() throws IOException {
        String content = server.content(last());
        assertThat(content).startsWith("Received: from client.test ([127.0.0.1])\r\n");
        int start = content.indexOf("Authentication-Results: mail.digidig.test");
        assertThat(start).isEqualTo(content.indexOf("\r\n", content.indexOf(";\r\n\t") + 3) + 2);
        return content.substring(start, content.indexOf("From: A")).replaceAll("\r\n\\s+", " ");
    }

    @Test
    void oneFieldHoldsEveryVerdictAndForgedOnesGo() throws IOException {
        server.dns
                .text("example.org", "v=spf1 ip4:127.0.0.1 -all")
                .text("_dmarc.example.org", "v=DMARC1; p=reject")
                .pointer("127.0.0.1", "host.example.org")
                .address("host.example.org", "127.0.0.1")
                .address("client.test", "127.0.0.1");
        server.checks(Checks.USUAL);
        String foreign = "Authentication-Results: other.example; spf=pass\r\n";
        String forged = "Authentication-Results: MAIL.digidig.test;\r\n\tdmarc=pass\r\n";
        assertThat(send("a@example.org", forged + foreign + MESSAGE)).startsWith("250");
        assertThat(server.content(last())).doesNotContain("MAIL.digidig").endsWith(foreign + MESSAGE);
        assertThat(results().replace(foreign, ""))
                .isEqualToIgnoringNewLines(
                        "Authentication-Results: mail.digidig.test; iprev=pass reason=\"the client is"
                                + " host.example.org\" policy.iprev=127.0.0.1; x-hello=pass smtp.helo=client.test;"
                                + " spf=pass reason=\"ip4:127.0.0.1 of example.org\" smtp.mailfrom=a@example.org;"
                                + " dkim=none; dmarc=pass reason=\"by SPF\" header.from=example.org policy.dmarc=reject");
        assertThat(last().envelope().junk()).isFalse();
    }

    @Test
    void spfRefusesWhoMayNotSend() throws IOException {
        server.dns
                .text("example.org", "v=spf1 -all exp=why.example.org")
                .text("why.example.org", "%{i} is not ours")
                .text("soft.example", "v=spf1 ~all")
                .silent("silent.example")
                .text("client.test", "v=spf1 -all");
        server.checks(only(Mode.ENFORCE, Mode.OFF, Mode.OFF));
        assertThat(mail("a@example.org")).isEqualTo("550 5.7.23 example.org explains: 127.0.0.1 is not ours");
        assertThat(mail("")).startsWith("550 5.7.23 client.test");
        assertThat(mail("a@soft.example")).startsWith("250");
        assertThat(send("a@silent.example", MESSAGE)).startsWith("250");
        assertThat(results()).contains("spf=temperror");
        server.checks(only(Mode.ANNOTATE, Mode.OFF, Mode.OFF));
        assertThat(send("a@example.org", MESSAGE)).startsWith("250");
        assertThat(results()).contains("spf=fail");
        server.checks(Checks.NONE);
        assertThat(send("a@example.org", MESSAGE)).startsWith("250");
        assertThat(server.content(last())).doesNotContain("Authentication-Results");
    }

    @Test
    void dmarcRefusesAndQuarantines() throws IOException {
        server.dns.text("_dmarc.example.org", "v=DMARC1; p=reject; sp=quarantine");
        server.checks(only(Mode.ANNOTATE, Mode.ANNOTATE, Mode.ENFORCE));
        assertThat(send("a@elsewhere.example", MESSAGE)).startsWith("550 5.7.26");
        assertThat(server.accepted()).isEmpty();
        assertThat(send("", MESSAGE.replace("a@example.org", "a@sub.example.org")))
                .startsWith("250");
        assertThat(last().envelope().junk()).isTrue();
        assertThat(results()).contains("dmarc=fail", "header.from=sub.example.org policy.dmarc=quarantine");
        assertThat(send("", MESSAGE.replace("a@example.org", "a@other.example")))
                .startsWith("250");
        assertThat(last().envelope().junk()).isFalse();
        assertThat(send("", "From: nobody\r\n\r\nx\r\n")).startsWith("550 5.6.0");
        server.checks(only(Mode.ANNOTATE, Mode.ANNOTATE, Mode.ANNOTATE));
        assertThat(send("", MESSAGE)).startsWith("250");
        assertThat(last().envelope().junk()).isFalse();
        server.counts.close();
        try (Stream<Path> days = Files.list(folder.resolve("dmarc"))) {
            assertThat(Files.readString(days.findFirst().orElseThrow()))
                    .contains("\"policyDomain\":\"example.org\"", "\"disposition\":\"quarantine\"");
        }
    }

    @Test
    void signaturesAreVerifiedWhereverTheMessageIsKept() throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        server.dns
                .text("_dmarc.example.org", "v=DMARC1; p=reject")
                .text(
                        "s._domainkey.example.org",
                        "v=DKIM1; p="
                                + Base64.getEncoder()
                                        .encodeToString(pair.getPublic().getEncoded()));
        server.checks(only(Mode.OFF, Mode.ENFORCE, Mode.ENFORCE));
        for (String body : List.of("", "a line of text\r\n".repeat(20_000))) {
            String message = MESSAGE + body;
            DkimSigner signer = new DkimSigner(
                    List.of(SigningKey.of(
                            "example.org",
                            "s",
                            SignatureAlgorithm.RSA_SHA256,
                            pair.getPrivate().getEncoded())),
                    Instant.now().minusSeconds(1));
            byte[] octets = message.getBytes(UTF_8);
            signer.write(octets, 0, octets.length);
            String signed = new String(signer.signatures(), UTF_8) + message;
            assertThat(send("", signed)).startsWith("250");
            assertThat(server.content(last())).endsWith("\r\n" + signed);
            assertThat(server.content(last()).length()).isEqualTo((int) last().octets());
            assertThat(results())
                    .contains("dkim=pass header.d=example.org header.s=s", "dmarc=pass reason=\"by DKIM\"");
            assertThat(send("", signed + "more\r\n")).startsWith("550 5.7.26");
            server.checks(only(Mode.OFF, Mode.ENFORCE, Mode.OFF));
            assertThat(send("", signed + "more\r\n")).startsWith("550 5.7.20");
            server.checks(only(Mode.OFF, Mode.ENFORCE, Mode.ENFORCE));
        }
        assertThat(rest()).startsWith("From: A");
    }

    @Test
    void theClientsNamesAreChecked() throws IOException {
        server.checks(client(Mode.ENFORCE, Mode.OFF, List.of(), List.of(), RateLimits.NONE));
        assertThat(mail("a@example.org")).startsWith("550 5.7.25");
        server.dns.pointer("127.0.0.1", "host.example").address("host.example", "127.0.0.2");
        assertThat(mail("a@example.org")).startsWith("550 5.7.25");
        server.dns.address("host.example", "127.0.0.1");
        assertThat(mail("a@example.org")).startsWith("250");
        server.checks(client(Mode.OFF, Mode.ENFORCE, List.of(), List.of(), RateLimits.NONE));
        assertThat(mail("a@example.org")).startsWith("550 5.7.1");
        server.dns.silent("client.test");
        assertThat(mail("a@example.org")).startsWith("250");
        for (String hello : List.of("[127.0.0.1]", "host.example")) {
            try (RawClient client = server.mx()) {
                client.expect("250", "EHLO " + hello).expect("250", "MAIL FROM:<>");
            }
        }
        for (String hello : List.of("[127.0.0.2]", "localhost", "no_such.example")) {
            try (RawClient client = server.mx()) {
                client.expect("250", "EHLO " + hello).expect("550 5.7.1", "MAIL FROM:<>");
            }
        }
    }

    @Test
    void listsBlockMarkAndAllow() throws IOException {
        BlockList refusing = new BlockList("block.example", BlockList.Action.REFUSE, List.of());
        BlockList junk = new BlockList("block.example", BlockList.Action.JUNK, List.of("127.0.0.3"));
        server.checks(client(Mode.OFF, Mode.OFF, List.of(refusing), List.of("allow.example"), RateLimits.NONE));
        assertThat(mail("a@example.org")).startsWith("250");
        server.dns.address("1.0.0.127.block.example", "127.255.255.254");
        assertThat(mail("a@example.org")).startsWith("250");
        server.dns.address("1.0.0.127.block.example", "127.0.0.2");
        assertThat(mail("a@example.org")).isEqualTo("554 5.7.1 Your address [127.0.0.1] is listed by block.example");
        server.checks(client(Mode.OFF, Mode.OFF, List.of(junk), List.of("allow.example"), RateLimits.NONE));
        assertThat(send("", MESSAGE)).startsWith("250");
        assertThat(last().envelope().junk()).isFalse();
        server.dns.address("1.0.0.127.block.example", "127.0.0.3");
        assertThat(send("", MESSAGE)).startsWith("250");
        assertThat(last().envelope().junk()).isTrue();
        assertThat(results()).contains("x-dnsbl=fail reason=\"listed as 127.0.0.3\" dns.zone=block.example");
        server.dns.address("1.0.0.127.allow.example", "127.0.10.1");
        server.checks(client(Mode.ENFORCE, Mode.ENFORCE, List.of(refusing), List.of("allow.example"), RateLimits.NONE));
        assertThat(send("", MESSAGE)).startsWith("250");
        assertThat(results()).contains("dnswl=pass dns.zone=allow.example");
    }

    @Test
    void ratesAreLimited() throws IOException {
        server.checks(client(Mode.OFF, Mode.OFF, List.of(), List.of(), new RateLimits(0, 3, 0, 1)));
        for (int i = 0; i < 3; i++) {
            assertThat(mail("a@example.org")).startsWith("250");
        }
        assertThat(mail("a@example.org")).startsWith("450 4.7.0");
        try (RawClient client = server.submissions()) {
            client.hello()
                    .logIn("alice@digidig.test", "secret")
                    .expect("250", "MAIL FROM:<alice@digidig.test>")
                    .expect("250", "RSET")
                    .expect("450 4.7.0", "MAIL FROM:<alice@digidig.test>");
        }
        server.checks(client(Mode.OFF, Mode.OFF, List.of(), List.of(), new RateLimits(2, 0, 0, 0)));
        assertThat(mail("")).startsWith("250");
        assertThat(mail("")).startsWith("250");
        try (RawClient client = server.mx()) {
            assertThat(client.ended()).isTrue();
        } catch (AssertionError | IOException refused) {
            assertThat(refused).hasMessageContaining("421");
        }
        server.checks(client(Mode.OFF, Mode.OFF, List.of(), List.of(), new RateLimits(0, 0, 4, 0)));
        for (int i = 0; i < 4; i++) {
            assertThat(mail("a@example.org")).startsWith("250");
        }
        assertThat(mail("a@example.org")).startsWith("450 4.7.0");
    }

    @Test
    void trustedNetworksAndUsersAreNotChecked() throws IOException {
        server.dns.text("example.org", "v=spf1 -all").text("digidig.test", "v=spf1 -all");
        Checks strict = new Checks(
                Mode.ENFORCE,
                Mode.ENFORCE,
                Mode.ENFORCE,
                Mode.ENFORCE,
                Mode.ENFORCE,
                List.of(),
                List.of(),
                RateLimits.NONE,
                List.of("127.0.0.0/8"));
        server.checks(strict);
        assertThat(send("a@example.org", MESSAGE)).startsWith("250");
        assertThat(server.content(last())).doesNotContain("Authentication-Results");
        server.checks(new Checks(
                Mode.ENFORCE,
                Mode.ENFORCE,
                Mode.ENFORCE,
                Mode.ENFORCE,
                Mode.ENFORCE,
                List.of(),
                List.of(),
                RateLimits.NONE,
                List.of("10.0.0.0/8", "::1")));
        assertThat(mail("a@example.org")).startsWith("550");
        try (RawClient client = server.submissions()) {
            client.hello().logIn("alice@digidig.test", "secret").expect("250", "MAIL FROM:<alice@digidig.test>");
        }
        assertThat(server.dns.asked()).isGreaterThan(0);
    }
}
