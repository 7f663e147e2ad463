package cz.digidig.smtp.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a client proves itself by, out of a SASL message. Neither kind shows its secret as text. */
public sealed interface Credentials {
    /** The longest SASL message in octets, before base64: tokens are long. */
    int LONGEST_MESSAGE = 12_288;

    /** A name and a password (PLAIN, LOGIN). */
    record Password(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "Password[user=" + user + "]";
        }
    }

    /** A bearer token, and whom the client says it is of; empty: not said (OAUTHBEARER, XOAUTH2). */
    record Token(String user, String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[user=" + user + "]";
        }
    }

    /** The octets of a base64 line; empty where it is none, or too long. */
    static Optional<byte[]> base64(String line) {
        if (line.equals("=")) {
            return Optional.of(new byte[0]);
        }
        if (line.length() > LONGEST_MESSAGE / 3 * 4 + 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(line));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** PLAIN (RFC 4616): {@code [authzid] NUL authcid NUL password}; acting for another is not offered. */
    static Optional<Credentials> plain(byte[] message) {
        Optional<String> text = text(message);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.get().split("\0", -1);
        boolean fine = parts.length == 3
                && !parts[1].isEmpty()
                && !parts[2].isEmpty()
                && (parts[0].isEmpty() || parts[0].equalsIgnoreCase(parts[1]));
        return fine ? Optional.of(new Password(parts[1], parts[2])) : Optional.empty();
    }

    /** OAUTHBEARER (RFC 7628 §3.1): {@code n,a=user,^Aauth=Bearer token^A^A}. */
    static Optional<Credentials> oauthBearer(byte[] message) {
        Optional<String> text = text(message);
        if (text.isEmpty() || !text.get().startsWith("n,")) {
            return Optional.empty();
        }
        String[] parts = text.get().split("\u0001", -1);
        String header = parts[0];
        if (!header.endsWith(",") || header.length() < 3) {
            return Optional.empty();
        }
        String authzid = header.substring(2, header.length() - 1);
        if (!authzid.isEmpty() && !authzid.startsWith("a=")) {
            return Optional.empty();
        }
        String user = authzid.isEmpty()
                ? ""
                : authzid.substring(2).replace("=2C", ",").replace("=3D", "=");
        return token(user, parts);
    }

    /** XOAUTH2, as older clients speak it: {@code user=name^Aauth=Bearer token^A^A}. */
    static Optional<Credentials> xoauth2(byte[] message) {
        Optional<String> text = text(message);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.get().split("\u0001", -1);
        return parts[0].startsWith("user=") ? token(parts[0].substring(5), parts) : Optional.empty();
    }

    /** UTF-8 text; empty where it is malformed. */
    static Optional<String> text(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static Optional<Credentials> token(String user, String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].regionMatches(true, 0, "auth=Bearer ", 0, 12) && parts[i].length() > 12) {
                return Optional.of(new Token(user, parts[i].substring(12).strip()));
            }
        }
        return Optional.empty();
    }
}
