package cz.digidig.smtp.mailauth.dkim;

import java.util.Arrays;
import java.util.Optional;

/** An algorithm of {@code a=} (RFC 6376 §3.3, RFC 8463 §3). */
public enum SignatureAlgorithm {
    RSA_SHA256("rsa-sha256", "rsa", HashAlgorithm.SHA256, "SHA256withRSA"),
    ED25519_SHA256("ed25519-sha256", "ed25519", HashAlgorithm.SHA256, "Ed25519"),
    /** Not to be used any more (RFC 8301 §3.1): never signed with, and no reason for trust. */
    RSA_SHA1("rsa-sha1", "rsa", HashAlgorithm.SHA1, "SHA1withRSA");

    private final String word;
    private final String keyType;
    private final HashAlgorithm hash;
    private final String standardName;

    SignatureAlgorithm(String word, String keyType, HashAlgorithm hash, String standardName) {
        this.word = word;
        this.keyType = keyType;
        this.hash = hash;
        this.standardName = standardName;
    }

    static Optional<SignatureAlgorithm> named(String word) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.word.equals(word))
                .findFirst();
    }

    /** As it stands in {@code a=}. */
    public String word() {
        return word;
    }

    /** As it stands in a key record's {@code k=}. */
    public String keyType() {
        return keyType;
    }

    HashAlgorithm hash() {
        return hash;
    }

    /** As the JDK names it. */
    String standardName() {
        return standardName;
    }

    /** Whether what is signed is the hash, as RFC 8463 §3 has it; else hashing is part of the algorithm. */
    boolean signsHash() {
        return this == ED25519_SHA256;
    }
}
