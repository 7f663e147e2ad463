package cz.digidig.smtp.mailauth.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.smtp.dns.DnsTable;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DkimSignerTest {
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair ED25519 = pair("Ed25519", 255);
    private static final List<SigningKey> KEYS = List.of(
            SigningKey.of(
                    "example.org",
                    "r1",
                    SignatureAlgorithm.RSA_SHA256,
                    RSA.getPrivate().getEncoded()),
            SigningKey.of(
                    "example.org",
                    "e1",
                    SignatureAlgorithm.ED25519_SHA256,
                    ED25519.getPrivate().getEncoded()));
    private static final String MESSAGE = """
            From: A <a@example.org>
            To: b@example.net
            Subject: a  long
             subject
            Date: Fri, 11 Jul 2003 21:00:37 -0700
            Received: from elsewhere

            text  with   space\s

            end


            """;

    private static KeyPair pair(String type, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static DnsTable dns() {
        byte[] edwards = ED25519.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(edwards, edwards.length - 32, edwards.length);
        return new DnsTable()
                .text(
                        "r1._domainkey.example.org",
                        "v=DKIM1; k=rsa; p="
                                + Base64.getEncoder()
                                        .encodeToString(RSA.getPublic().getEncoded()))
                .text(
                        "e1._domainkey.example.org",
                        "v=DKIM1; k=ed25519; p=" + Base64.getEncoder().encodeToString(raw));
    }

    private static byte[] signed(DkimSigner signer, byte[] message) {
        signer.write(message, 0, message.length);
        byte[] fields = signer.signatures();
        byte[] all = Arrays.copyOf(fields, fields.length + message.length);
        System.arraycopy(message, 0, all, fields.length, message.length);
        return all;
    }

    private static byte[] signed(byte[] message) {
        return signed(new DkimSigner(KEYS, Verification.NOW), message);
    }

    private static List<String> words(byte[] message) {
        return Verification.of(message, dns()).stream().map(DkimResult::word).toList();
    }

    private static byte[] wire(String text) {
        return DkimExamplesTest.wire(text);
    }

    @Test
    void everyFormVerifies() {
        for (Canonicalization header : Canonicalization.values()) {
            for (Canonicalization body : Canonicalization.values()) {
                DkimSigner signer = new DkimSigner(KEYS, SignedFields.USUAL, header, body, Verification.NOW);
                assertThat(words(signed(signer, wire(MESSAGE))))
                        .as("%s/%s", header, body)
                        .containsExactly("pass", "pass");
            }
        }
    }

    @Test
    void whatRelaysChangeBreaksNoRelaxedSignature() {
        String text = new String(signed(wire(MESSAGE)), UTF_8);
        String relayed = "Received: by a relay\r\n"
                + text.replace("Subject: a  long\r\n subject", "SUBJECT:\ta long\r\n\t  subject  ")
                        .replace("text  with   space \r\n", "text with\tspace\r\n")
                + "\r\n \r\n";
        assertThat(words(relayed.getBytes(UTF_8))).containsExactly("pass", "pass");
    }

    @Test
    void whatIsAddedOrChangedBreaksThem() {
        String text = new String(signed(wire(MESSAGE)), UTF_8);
        for (String broken : List.of(
                "From: mallory@example.org\r\n" + text,
                "Reply-To: mallory@example.org\r\n" + text,
                "Message-ID: <added@example.org>\r\n" + text,
                text.replace("To: b@", "To: c@"),
                text.replace("end", "End"),
                text + "more\r\n")) {
            assertThat(words(broken.getBytes(UTF_8))).containsExactly("fail", "fail");
        }
    }

    @Test
    void itsFieldsAreFolded() {
        String fields = new String(signed(wire(MESSAGE)), UTF_8);
        assertThat(fields.lines().takeWhile(line -> !line.startsWith("From:")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
        assertThat(fields)
                .startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org;\r\n\ts=r1;");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        byte[] rsa = RSA.getPrivate().getEncoded();
        assertThatThrownBy(() -> SigningKey.of("example.org", "x", SignatureAlgorithm.ED25519_SHA256, rsa))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SigningKey.of("example.org", "x", SignatureAlgorithm.RSA_SHA1, rsa))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignedFields(List.of("To"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(KEYS.getFirst()).hasToString("r1._domainkey.example.org rsa-sha256");
    }

    @Test
    void weakSignaturesVerifyWithoutBeingTrusted() {
        String text = new String(signed(wire(MESSAGE)), UTF_8);
        DnsTable testing = new DnsTable()
                .text(
                        "r1._domainkey.example.org",
                        "t=y; p="
                                + Base64.getEncoder()
                                        .encodeToString(RSA.getPublic().getEncoded()));
        assertThat(Verification.of(text.getBytes(UTF_8), testing).getFirst())
                .isInstanceOfSatisfying(DkimResult.Valid.class, valid -> {
                    assertThat(valid.weaknesses()).isEqualTo(Set.of(Weakness.TESTING));
                    assertThat(valid.word()).isEqualTo("policy");
                });
    }

    @Test
    void ofManySignaturesAFewCost() {
        String one = new String(signed(wire(MESSAGE)), UTF_8).split("From: A", 2)[0];
        DnsTable dns = dns();
        List<DkimResult> results = Verification.of(wire(one.repeat(500).replace("\r\n", "\n") + MESSAGE), dns);
        assertThat(results).hasSize(DkimVerifier.MOST_SIGNATURES);
        assertThat(dns.asked()).isLessThanOrEqualTo(DkimVerifier.MOST_SIGNATURES);
    }

    /** Whatever the message, however it comes: what was signed verifies. */
    @Property(tries = 200)
    void whatWasSignedVerifies(
            @ForAll("texts") String header,
            @ForAll("texts") String body,
            @ForAll @IntRange(min = 1, max = 50) int piece) {
        String fields = header.replace("\r\n", "\r\n\t").strip();
        byte[] message = ("From: a@example.org\r\nSubject: " + fields + "\r\n\r\n" + body).getBytes(UTF_8);
        byte[] signed = signed(message);
        assertThat(Verification.of(signed, piece, dns()))
                .extracting(DkimResult::word)
                .containsExactly("pass", "pass");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "ž", " ", "\t", "\r\n", "\r\n\r\n", ":", "=", ".", "word", ";b=x")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }
}
