package cz.digidig.smtp.mailauth.dkim;

import cz.digidig.smtp.mailauth.TagList;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A public key as it is published (RFC 6376 §3.6.1).
 *
 * @param key the key
 * @param bits its length
 * @param testing {@code t=y}: the domain tries DKIM out
 */
record KeyRecord(PublicKey key, int bits, boolean testing) {
    private static final int ED25519_OCTETS = 32;
    private static final int MOST_BITS = 8192;
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    /** rsaEncryption without parameters but NULL. */
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** Reads a record and checks that the key is for this signature. */
    static KeyRecord parse(String text, DkimSignature signature) throws Unusable {
        TagList tags = TagList.parse(text).orElseThrow(() -> Unusable.broken("the key record is not a list of tags"));
        Optional<String> version = tags.withoutSpace("v");
        if (version.isPresent()
                && !(version.get().equals("DKIM1") && tags.first().equals("v"))) {
            throw Unusable.broken("the key record is not DKIM1");
        }
        checkUse(tags, signature);
        String encoded = tags.withoutSpace("p").orElseThrow(() -> Unusable.broken("the key record has no key"));
        if (encoded.isEmpty()) {
            throw Unusable.broken("the key is revoked");
        }
        PublicKey key = key(encoded, signature.algorithm());
        int bits = key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : ED25519_OCTETS * 8;
        if (bits > MOST_BITS) {
            throw Unusable.broken("the key is too long");
        }
        return new KeyRecord(key, bits, list(tags, "t").contains("y"));
    }

    private static void checkUse(TagList tags, DkimSignature signature) throws Unusable {
        SignatureAlgorithm algorithm = signature.algorithm();
        if (!tags.withoutSpace("k").orElse("rsa").equalsIgnoreCase(algorithm.keyType())) {
            throw Unusable.broken("the key is of another type");
        }
        List<String> hashes = list(tags, "h");
        if (!hashes.isEmpty() && !hashes.contains(algorithm.hash().word())) {
            throw Unusable.broken("the key is not for " + algorithm.hash().word());
        }
        List<String> services = list(tags, "s");
        if (!services.isEmpty() && !services.contains("*") && !services.contains("email")) {
            throw Unusable.broken("the key is not for mail");
        }
        SignedIdentity identity = signature.identity();
        if (list(tags, "t").contains("s") && !identity.subdomain().equals(identity.domain())) {
            throw Unusable.broken("the key is not for subdomains");
        }
        // RFC 6376 dropped g=; who still publishes it means to narrow the key, and RFC 4871 §3.6.1 says how.
        Optional<String> granularity = tags.withoutSpace("g");
        if (granularity.isPresent() && !matches(granularity.get(), identity.local())) {
            throw Unusable.broken("the key is not for this local part");
        }
    }

    private static boolean matches(String pattern, String local) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(local) && !pattern.isEmpty();
        }
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        return local.length() >= before.length() + after.length() && local.startsWith(before) && local.endsWith(after);
    }

    private static List<String> list(TagList tags, String name) {
        String value = tags.withoutSpace(name).orElse("").toLowerCase(Locale.ROOT);
        return value.isEmpty() ? List.of() : Arrays.asList(value.split(":", -1));
    }

    private static PublicKey key(String encoded, SignatureAlgorithm algorithm) throws Unusable {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException bad) {
            throw Unusable.broken("the key is not base64");
        }
        PublicKey key =
                switch (algorithm) {
                    case RSA_SHA256, RSA_SHA1 -> {
                        PublicKey wrapped = decoded("RSA", octets);
                        // RFC 6376 §3.6.1 speaks of the bare key, everybody publishes the wrapped one.
                        yield wrapped == null ? decoded("RSA", wrapped(octets)) : wrapped;
                    }
                    case ED25519_SHA256 ->
                        octets.length == ED25519_OCTETS ? decoded("Ed25519", join(ED25519_PREFIX, octets)) : null;
                };
        if (key == null) {
            throw Unusable.broken("the key can't be read");
        }
        return key;
    }

    private static @Nullable PublicKey decoded(String type, byte[] octets) {
        try {
            return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(octets));
        } catch (GeneralSecurityException | IllegalArgumentException bad) {
            return null;
        }
    }

    /** SubjectPublicKeyInfo around an RSAPublicKey. */
    private static byte[] wrapped(byte[] key) {
        byte[] bits = join(header(0x03, key.length + 1), new byte[1], key);
        return join(header(0x30, RSA_ALGORITHM.length + bits.length), RSA_ALGORITHM, bits);
    }

    /** Tag and length in DER, lengths up to 65535. */
    private static byte[] header(int tag, int length) {
        if (length < 0x80) {
            return new byte[] {(byte) tag, (byte) length};
        }
        return length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
