package cz.digidig.smtp.delivery;

import static cz.digidig.smtp.delivery.OutboundRig.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cz.digidig.smtp.dns.DnsTable;
import cz.digidig.smtp.mailauth.MessageSplitter;
import cz.digidig.smtp.mailauth.dkim.DkimSigner;
import cz.digidig.smtp.mailauth.dkim.DkimVerifier;
import cz.digidig.smtp.mailauth.dkim.SignatureAlgorithm;
import cz.digidig.smtp.mailauth.dkim.SigningKey;
import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Target;
import cz.digidig.smtp.spool.TargetState.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mail to elsewhere gets at its top: signatures, and the mark of an alias that forwards. */
class SignedMailIT {
    private static final Pair RSA = Pair.of("RSA", 2048, SignatureAlgorithm.RSA_SHA256);
    private static final Pair ED25519 = Pair.of("Ed25519", 255, SignatureAlgorithm.ED25519_SHA256);
    private static final String TEXT = "Received: from [192.0.2.1]\r\n\tby mail.digidig.test; now\r\n"
            + "From: \"Alice, A.\"\r\n <alice@digidig.test>\r\nTo: a@sink.test\r\nSubject: =?utf-8?q?h=C3=AD?=\r\n"
            + "Date: Thu, 1 Jan 2026 00:00:00 +0000\r\nMessage-ID: <1@digidig.test>\r\n\r\n"
            + ".dots and  spaces \r\n\r\nend\r\n\r\n";
    private static final String DKIMPY = """
        import dkim, sys
        records = dict(line.rstrip("\\n").split(" ", 1) for line in open(sys.argv[2]))
        message = open(sys.argv[1], "rb").read()
        verifier = dkim.DKIM(message)
        def dns(name, timeout=5):
            return records[name.decode().rstrip(".")].encode()
        for index in range(int(sys.argv[3])):
            assert verifier.verify(idx=index, dnsfunc=dns), index
        print("verified")
        """;

    @TempDir
    private Path folder;

    private OutboundRig rig;
    private ScriptedSink sink;

    private record Pair(KeyPair keys, SignatureAlgorithm algorithm) {
        static Pair of(String type, int size, SignatureAlgorithm algorithm) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
                generator.initialize(size);
                return new Pair(generator.generateKeyPair(), algorithm);
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        SigningKey key(String domain, String selector) {
            return SigningKey.of(domain, selector, algorithm, keys.getPrivate().getEncoded());
        }

        String record() {
            byte[] encoded = keys.getPublic().getEncoded();
            byte[] shown = algorithm == SignatureAlgorithm.RSA_SHA256
                    ? encoded
                    : Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            return "v=DKIM1; k=" + algorithm.keyType() + "; p="
                    + Base64.getEncoder().encodeToString(shown);
        }
    }

    /** What DNS says, by name. */
    private static final Map<String, String> RECORDS = new TreeMap<>(Map.of(
            "s2026a._domainkey.digidig.test", RSA.record(),
            "e2026a._domainkey.digidig.test", ED25519.record(),
            "other._domainkey.outside.example", RSA.record()));

    @BeforeEach
    void start() throws IOException {
        rig = new OutboundRig(folder);
        sink = rig.first();
        rig.keys = domain -> Optional.of(
                domain.equals("digidig.test")
                        ? List.of(RSA.key(domain, "s2026a"), ED25519.key(domain, "e2026a"))
                        : List.of());
        rig.start();
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    private static Recipient to(String address, String target) {
        return new Recipient(address, Set.of(), "", List.of(new Target.Remote(target)));
    }

    private QueuedMessage send(String submitter, String text, Recipient... to) throws IOException {
        return rig.accept("alice@digidig.test", submitter, text, Body.SEVEN_BIT, false, List.of(to));
    }

    private String sent() {
        await().until(() -> !sink.received.isEmpty());
        return sink.received.getFirst().data();
    }

    private static List<String> verdicts(String message) {
        DnsTable dns = new DnsTable();
        RECORDS.forEach(dns::text);
        DkimVerifier verifier = new DkimVerifier(Instant.now());
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        try (MessageSplitter splitter = new MessageSplitter(verifier)) {
            splitter.write(octets, 0, octets.length);
        }
        return verifier.results(dns).stream()
                .map(result -> result.word()
                        + result.signer()
                                .map(signer -> " " + signer.selector() + " " + signer.domain())
                                .orElse(""))
                .toList();
    }

    @Test
    void usersMailIsSignedByBothKeysAndStaysAsItIs() throws IOException {
        send("alice", TEXT, to("a@sink.test", "a@sink.test"));
        assertThat(sent()).startsWith("DKIM-Signature: ").endsWith(TEXT);
        assertThat(verdicts(sent())).containsExactly("pass s2026a digidig.test", "pass e2026a digidig.test");
        assertThat(verdicts(sent().replace("spaces", "changes")))
                .containsExactly("fail s2026a digidig.test", "fail e2026a digidig.test");
    }

    @Test
    void dkimpyVerifiesBothSignatures() throws IOException, InterruptedException {
        Optional<String> python = python();
        assumeTrue(python.isPresent(), "python3-dkim and python3-nacl are not installed");
        send("alice", TEXT, to("a@sink.test", "a@sink.test"));
        Path message = Files.writeString(folder.resolve("message.eml"), sent());
        Path records = Files.write(
                folder.resolve("records"),
                RECORDS.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList());
        assertThat(run(python.orElseThrow(), "-c", DKIMPY, message.toString(), records.toString(), "2"))
                .isEqualTo("verified\n");
    }

    /** The system's own, where another one stands before it in the path. */
    private Optional<String> python() throws IOException, InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (run(python, "-c", "import dkim, nacl").isEmpty()) {
                return Optional.of(python);
            }
        }
        return Optional.empty();
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (IOException missing) {
            return "missing: " + missing.getMessage();
        }
        return Files.readString(output);
    }

    @Test
    void ourReportsAreSignedByTheDomainAboveTheHost() throws IOException {
        String report = TEXT.replace("<alice@digidig.test>", "<postmaster@mail.digidig.test>");
        send(Envelope.OURSELVES, report, to("a@sink.test", "a@sink.test"));
        assertThat(verdicts(sent())).containsExactly("pass s2026a digidig.test", "pass e2026a digidig.test");
    }

    @Test
    void mailFromOutsideIsNeverSignedWhateverItsAuthor() throws IOException {
        send("", TEXT, to("list@digidig.test", "a@sink.test"));
        assertThat(sent()).isEqualTo("Delivered-To: list@digidig.test\r\n" + TEXT);
    }

    @Test
    void forwardingKeepsTheSignatureOfTheAuthor() throws IOException {
        String outside = TEXT.replace("<alice@digidig.test>", "<o@outside.example>");
        DkimSigner signer = new DkimSigner(List.of(RSA.key("outside.example", "other")), Instant.now());
        byte[] octets = outside.getBytes(StandardCharsets.UTF_8);
        signer.write(octets, 0, octets.length);
        String signed = new String(signer.signatures(), StandardCharsets.UTF_8) + outside;
        rig.accept(
                "o@outside.example",
                "",
                signed,
                Body.SEVEN_BIT,
                false,
                List.of(to("list@digidig.test", "a@sink.test")));
        assertThat(sent()).isEqualTo("Delivered-To: list@digidig.test\r\n" + signed);
        assertThat(sink.received.getFirst().from()).startsWith("MAIL FROM:<o@outside.example>");
        assertThat(verdicts(sent())).containsExactly("pass other outside.example");
    }

    @Test
    void whatComesBackToItsAliasIsReportedAndNotForwardedAgain() throws IOException {
        QueuedMessage message = rig.accept(
                "o@sink.test",
                "",
                "delivered-to:  List@digidig.test\r\n" + TEXT,
                Body.SEVEN_BIT,
                false,
                List.of(to("list@digidig.test", "a@sink.test"), to("other@digidig.test", "b@sink.test")));
        await().until(() -> message.pending().isEmpty());
        assertThat(state(message).status()).isEqualTo(Status.FAILED);
        assertThat(state(message).diagnostic()).startsWith("5.4.6 ").contains("mail loop");
        assertThat(message.state(1).status()).as("another alias").isEqualTo(Status.DELIVERED);
        assertThat(sink.received).hasSize(1);
        assertThat(rig.reports()).singleElement().satisfies(report -> assertThat(report)
                .contains("Status: 5.4.6"));
    }

    @Test
    void eachAliasMarksItsOwn() throws IOException {
        send(
                "",
                TEXT,
                to("a@sink.test", "a@sink.test"),
                to("list@digidig.test", "b@sink.test"),
                to("żółw@digidig.test", "c@sink.test"));
        await().until(() -> sink.received.size() == 3);
        assertThat(sink.received.stream()
                        .map(received -> received.to() + " "
                                + received.data().lines().findFirst().orElseThrow()))
                .containsExactlyInAnyOrder(
                        "[a@sink.test] Received: from [192.0.2.1]",
                        "[b@sink.test] Delivered-To: list@digidig.test",
                        "[c@sink.test] Delivered-To: %C5%BC%C3%B3%C5%82w%40digidig.test");
    }

    @Test
    void mailWaitsWhileNobodyKnowsTheKeys() throws IOException {
        rig.keys = _ -> Optional.empty();
        QueuedMessage message = send("alice", TEXT, to("a@sink.test", "a@sink.test"));
        await().until(() -> state(message).attempts() > 0);
        assertThat(state(message).diagnostic()).startsWith("4.3.0 ").contains("keys");
        rig.keys = domain -> Optional.of(List.of(RSA.key(domain, "s2026a")));
        assertThat(verdicts(sent())).containsExactly("pass s2026a digidig.test");
    }

    @Test
    void domainsWithoutKeysSendUnsigned() throws IOException {
        rig.keys = _ -> Optional.of(List.of());
        send("alice", TEXT, to("a@sink.test", "a@sink.test"));
        assertThat(sent()).isEqualTo(TEXT);
    }

    @Test
    void aLargeMessageIsSignedAsItStreams() throws IOException {
        String large = TEXT + "0123456789 0123456789\r\n".repeat(20_000);
        send("alice", large, to("a@sink.test", "a@sink.test"));
        assertThat(sent().length()).isGreaterThan(large.length());
        assertThat(verdicts(sent())).containsExactly("pass s2026a digidig.test", "pass e2026a digidig.test");
    }
}
