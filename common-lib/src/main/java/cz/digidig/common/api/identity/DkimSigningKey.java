package cz.digidig.common.api.identity;

/**
 * A key that a domain's mail is signed by (RFC 6376).
 *
 * @param selector its name in DNS
 * @param algorithm {@code rsa} or {@code ed25519}
 * @param privateKey PKCS #8 in Base64; never logged
 */
public record DkimSigningKey(String selector, String algorithm, String privateKey) {
    /** Without the key. */
    @Override
    public String toString() {
        return "DkimSigningKey[selector=" + selector + ", algorithm=" + algorithm + "]";
    }
}
