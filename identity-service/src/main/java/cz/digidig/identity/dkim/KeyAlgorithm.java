package cz.digidig.identity.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/** What a key signs by. */
enum KeyAlgorithm {
    /** rsa-sha256 with 2048 bits, which every verifier knows (RFC 8301 §3.2). */
    RSA("rsa", "s"),
    /** ed25519-sha256 (RFC 8463). */
    ED25519("ed25519", "e");

    private static final int RSA_BITS = 2048;
    /** A raw Ed25519 key; it ends the X.509 form. */
    private static final int ED25519_OCTETS = 32;

    private final String label;
    private final String selectorPrefix;

    KeyAlgorithm(String label, String selectorPrefix) {
        this.label = label;
        this.selectorPrefix = selectorPrefix;
    }

    /** As in {@code k=} of the record, and in the database. */
    String label() {
        return label;
    }

    /** What its selectors begin with. */
    String selectorPrefix() {
        return selectorPrefix;
    }

    static KeyAlgorithm of(String label) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such algorithm: " + label));
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator =
                    switch (this) {
                        case RSA -> {
                            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
                            rsa.initialize(RSA_BITS);
                            yield rsa;
                        }
                        case ED25519 -> KeyPairGenerator.getInstance("Ed25519");
                    };
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("RSA and Ed25519 are in every JDK", missing);
        }
    }

    /** The key as {@code p=} shows it: RSA as SubjectPublicKeyInfo, Ed25519 raw (RFC 6376 §3.6.1, RFC 8463 §4). */
    String published(PublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] shown =
                switch (this) {
                    case RSA -> encoded;
                    case ED25519 -> Arrays.copyOfRange(encoded, encoded.length - ED25519_OCTETS, encoded.length);
                };
        return Base64.getEncoder().encodeToString(shown);
    }
}
