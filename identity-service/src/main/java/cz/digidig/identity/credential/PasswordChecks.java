package cz.digidig.identity.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks passwords, and remembers for {@value #REMEMBERED_SECONDS} seconds which ones were right: mail clients log in
 * again and again.
 *
 * <p>What is remembered is an HMAC, under a key that lives as long as this process, of the stored hash and the password
 * together. Nothing can be guessed from it outside this process, and since the stored hash is part of it, a changed
 * password is forgotten at once, by whichever process it was changed. Wrong passwords are never remembered. Whether the
 * account is enabled is not this class's matter and is read anew each time.
 */
@Component
public class PasswordChecks {
    private static final int REMEMBERED_SECONDS = 30;
    private static final int MOST_REMEMBERED = 50_000;

    private final PasswordHasher hasher;
    private final SecretKeySpec key;
    private final Cache<ByteBuffer, Boolean> right = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofSeconds(REMEMBERED_SECONDS))
            .maximumSize(MOST_REMEMBERED)
            .build();

    PasswordChecks(PasswordHasher hasher) {
        this.hasher = hasher;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /**
     * Whether the password is the one of the stored hash.
     *
     * @param stored the hash; null where there is no such account: the answer is no, after the same work
     * @param gate as in {@link PasswordHasher#matches}
     */
    public boolean matches(String password, @Nullable String stored, Runnable gate) {
        if (stored == null) {
            hasher.matches(password, hasher.nobodysHash(), gate);
            return false;
        }
        ByteBuffer mark = mark(password, stored);
        if (right.getIfPresent(mark) != null) {
            return true;
        }
        boolean matches = hasher.matches(password, stored, gate);
        if (matches) {
            right.put(mark, Boolean.TRUE);
        }
        return matches;
    }

    private ByteBuffer mark(String password, String stored) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(stored.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException missing) {
            throw new IllegalStateException("HMAC-SHA-256 is in every JDK", missing);
        }
    }
}
