package cz.digidig.common.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts the secrets of a configuration file (AES-256-GCM), under a key that is made when it is first needed and kept
 * beside that file (0600). Without its key a file tells no secret: a backup of one alone, say.
 */
final class ConfigurationKey {
    /** What an encrypted value begins with; any other is in clear. */
    static final String PREFIX = "encrypted:v1:";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationKey.class);
    private static final int KEY_OCTETS = 32;
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private final Clock clock;
    private final DurableFile disk;
    private final SecureRandom random = new SecureRandom();

    ConfigurationKey(Path folder, String name, Clock clock, FileStep.Watch watch) {
        this.file = folder.resolve(name + "_config.key");
        this.clock = clock;
        this.disk = new DurableFile(watch);
    }

    static boolean encrypted(String value) {
        return value.startsWith(PREFIX);
    }

    /**
     * Encrypts.
     *
     * @throws IOException there is no key, and none can be made
     */
    String seal(String secret) throws IOException {
        Optional<SecretKey> present = key();
        SecretKey key = present.isPresent() ? present.get() : newKey();
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return PREFIX + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Decrypts; empty: the key is lost, or is another one. */
    Optional<String> open(String value) {
        try {
            Optional<SecretKey> key = key();
            byte[] all = Base64.getDecoder().decode(value.substring(PREFIX.length()));
            if (key.isEmpty() || all.length < NONCE_OCTETS) {
                return Optional.empty();
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key.get(), new GCMParameterSpec(TAG_BITS, all, 0, NONCE_OCTETS));
            byte[] secret = cipher.doFinal(all, NONCE_OCTETS, all.length - NONCE_OCTETS);
            return Optional.of(new String(secret, StandardCharsets.UTF_8));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            LOG.debug("a secret can't be decrypted: {}", unusable.toString());
            return Optional.empty();
        }
    }

    private Optional<SecretKey> key() throws IOException {
        try {
            byte[] octets = Base64.getDecoder().decode(Files.readString(file).strip());
            return octets.length == KEY_OCTETS ? Optional.of(new SecretKeySpec(octets, "AES")) : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private SecretKey newKey() throws IOException {
        if (Files.exists(file)) {
            Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + clock.millis());
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            LOG.error("{} held no key and is kept as {}", file.getFileName(), aside.getFileName());
        }
        byte[] octets = new byte[KEY_OCTETS];
        random.nextBytes(octets);
        disk.write(file, Base64.getEncoder().encodeToString(octets) + "\n");
        return new SecretKeySpec(octets, "AES");
    }
}
