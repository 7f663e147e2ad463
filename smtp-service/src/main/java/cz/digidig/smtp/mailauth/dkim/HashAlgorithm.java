package cz.digidig.smtp.mailauth.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What is signed is a hash of the message made so (RFC 6376 §3.3). */
enum HashAlgorithm {
    SHA1("sha1", "SHA-1"),
    SHA256("sha256", "SHA-256");

    private final String word;
    private final String standardName;

    HashAlgorithm(String word, String standardName) {
        this.word = word;
        this.standardName = standardName;
    }

    /** As it stands in a key record's {@code h=}. */
    String word() {
        return word;
    }

    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(standardName);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
