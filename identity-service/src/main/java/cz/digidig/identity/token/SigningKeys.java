package cz.digidig.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import cz.digidig.common.config.ServiceProperties;
import cz.digidig.identity.settings.IdentitySettings;
import cz.digidig.identity.web.OpaqueId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The RSA keys that tokens are signed with, kept in {@code keys/signing-keys.json} (0600) of the data folder.
 *
 * <p>The first key of the file signs. The others are retired: each carries the time ({@code exp}) until which a token
 * signed by it may still be valid, and is dropped after it. Another process may change the file at any time: whoever asks
 * for keys gets those that are in it now.
 */
@Component
class SigningKeys {
    private static final int BITS = 2048;
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final Path file;
    private final Duration longestLife;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Loaded loaded;

    @Autowired
    SigningKeys(ServiceProperties service, Clock clock) {
        this(service.dataDir().resolve("keys"), IdentitySettings.Tokens.longest(), clock);
    }

    SigningKeys(Path folder, Duration longestLife, Clock clock) {
        this.file = folder.resolve("signing-keys.json");
        this.longestLife = longestLife;
        this.clock = clock;
        this.loaded = load();
    }

    /** The keys, and when their file was written. */
    private record Loaded(List<RSAKey> keys, FileTime written) {}

    private List<RSAKey> keys() {
        Loaded known = loaded;
        if (known.written().equals(written())) {
            return known.keys();
        }
        loaded = load();
        return loaded.keys();
    }

    private FileTime written() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("The signing keys cannot be read: " + file, failed);
        }
    }

    /** The key that signs now. */
    RSAKey active() {
        return keys().getFirst();
    }

    /** All keys whose tokens are accepted, the signing one first. */
    JWKSet valid() {
        Instant now = clock.instant();
        return new JWKSet(List.<JWK>copyOf(
                keys().stream().filter(key -> stillValid(key, now)).toList()));
    }

    /** Signs with a new key from now on; the old one stays valid as long as its tokens. */
    void rotate() {
        lock.lock();
        try (FileChannel turn = FileChannel.open(
                        file.resolveSibling("signing-keys.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = turn.lock()) {
            Instant now = clock.instant();
            List<RSAKey> next = new ArrayList<>(List.of(generate(now)));
            Date end = Date.from(now.plus(longestLife).plus(SLACK));
            next.add(new RSAKey.Builder(active()).expirationTime(end).build());
            keys().stream().skip(1).filter(key -> stillValid(key, now)).forEach(next::add);
            save(next);
            loaded = load();
        } catch (IOException failed) {
            throw new UncheckedIOException("The signing keys cannot be exchanged: " + file, failed);
        } finally {
            lock.unlock();
        }
    }

    private static boolean stillValid(RSAKey key, Instant now) {
        Date end = key.getExpirationTime();
        return end == null || end.toInstant().isAfter(now);
    }

    private Loaded load() {
        try {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!Files.exists(file)) {
                save(List.of(generate(clock.instant())));
            }
            // Before the content: what is written in between is read again.
            FileTime written = written();
            List<RSAKey> read = new ArrayList<>();
            for (JWK key : JWKSet.parse(Files.readString(file)).getKeys()) {
                read.add(key.toRSAKey());
            }
            if (read.isEmpty()) {
                throw new IllegalStateException("There is no signing key in " + file);
            }
            return new Loaded(List.copyOf(read), written);
        } catch (ParseException unreadable) {
            throw new IllegalStateException("The signing keys cannot be read: " + file, unreadable);
        } catch (IOException failed) {
            throw new UncheckedIOException("The signing keys cannot be read or made: " + file, failed);
        }
    }

    private static RSAKey generate(Instant now) {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyID(OpaqueId.at(now.toEpochMilli()))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .issueTime(Date.from(now))
                    .generate();
        } catch (JOSEException missing) {
            throw new IllegalStateException("RSA is in every JDK", missing);
        }
    }

    private void save(List<RSAKey> wanted) {
        Path unfinished = file.resolveSibling("signing-keys.json.new");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                String json = new JWKSet(List.<JWK>copyOf(wanted)).toString(false);
                ByteBuffer content = StandardCharsets.UTF_8.encode(json);
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("The signing keys cannot be saved: " + file, failed);
        }
    }
}
