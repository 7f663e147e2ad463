package cz.digidig.smtp.mailauth.dkim;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Ed25519 (RFC 8032 §5.1) by Bouncy Castle, which takes a tenth of the time that the JDK's takes; a signature for each
 * message that goes out is most of what sending it costs.
 */
final class EdwardsSignature {
    private static final int KEY_OCTETS = Ed25519.PUBLIC_KEY_SIZE;
    private static final int SIGNATURE_OCTETS = Ed25519.SIGNATURE_SIZE;

    private EdwardsSignature() {}

    /** @throws IllegalArgumentException the key does not show its octets */
    static byte[] sign(PrivateKey key, byte[] data) {
        if (!(key instanceof EdECPrivateKey edwards) || edwards.getBytes().isEmpty()) {
            throw new IllegalArgumentException("no Ed25519 key that can sign here");
        }
        byte[] signature = new byte[SIGNATURE_OCTETS];
        Ed25519.sign(edwards.getBytes().get(), 0, data, 0, data.length, signature, 0);
        return signature;
    }

    /** Whether a signature is right; one of another length is not. */
    static boolean verify(PublicKey key, byte[] data, byte[] signature) {
        byte[] encoded = key.getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - KEY_OCTETS, encoded.length);
        return signature.length == SIGNATURE_OCTETS && Ed25519.verify(signature, 0, point, 0, data, 0, data.length);
    }
}
