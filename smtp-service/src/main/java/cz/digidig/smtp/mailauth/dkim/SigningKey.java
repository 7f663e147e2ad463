package cz.digidig.smtp.mailauth.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * What a domain signs with.
 *
 * @param domain {@code d=}, in ASCII form
 * @param selector {@code s=}: the public key is at {@code <selector>._domainkey.<domain>}
 * @param algorithm not {@link SignatureAlgorithm#RSA_SHA1}
 * @param key RSA of 1024 bits or more, or Ed25519, as the algorithm wants
 */
public record SigningKey(String domain, String selector, SignatureAlgorithm algorithm, PrivateKey key) {
    private static final int LEAST_BITS = 1024;

    /** Refuses a key that is not the algorithm's. */
    public SigningKey {
        boolean fits =
                switch (algorithm) {
                    case RSA_SHA256 ->
                        key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= LEAST_BITS;
                    case ED25519_SHA256 ->
                        key instanceof EdECPrivateKey edwards
                                && edwards.getParams().getName().equals("Ed25519");
                    // RFC 8301 §3.1.
                    case RSA_SHA1 -> false;
                };
        if (!fits) {
            throw new IllegalArgumentException("no key to sign by " + algorithm.word());
        }
    }

    /**
     * From a private key's PKCS #8 encoding.
     *
     * @throws IllegalArgumentException it is no key of that algorithm
     */
    public static SigningKey of(String domain, String selector, SignatureAlgorithm algorithm, byte[] pkcs8) {
        try {
            String type = algorithm == SignatureAlgorithm.ED25519_SHA256 ? "Ed25519" : "RSA";
            PrivateKey key = KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new SigningKey(domain, selector, algorithm, key);
        } catch (GeneralSecurityException bad) {
            throw new IllegalArgumentException("not a private key of " + algorithm.word(), bad);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return selector + "._domainkey." + domain + " " + algorithm.word();
    }
}
