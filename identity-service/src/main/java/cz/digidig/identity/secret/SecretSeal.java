package cz.digidig.identity.secret;

import cz.digidig.common.config.ServiceProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Seals secrets by AES-256-GCM under the key in {@code keys/secrets.key} (32 octets, 0600) of the data folder, which is
 * made at the first start. A copy of the database alone shows none of them. Several identity processes need the same
 * file.
 *
 * <p>A sealed secret: 1 octet of version, 12 of nonce, then the ciphertext with its tag. It opens only in the context
 * that it was sealed in, so a row's secret is of no use in another row.
 */
@Component
public class SecretSeal {
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final byte VERSION = 1;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    @Autowired
    SecretSeal(ServiceProperties service) {
        this(service.dataDir().resolve("keys"));
    }

    /** With the key in a folder. */
    public SecretSeal(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = folder.resolve("secrets.key");
            byte[] octets = Files.exists(file) ? Files.readAllBytes(file) : make(file);
            if (octets.length != KEY) {
                throw new IllegalStateException("Not a key of " + KEY + " octets: " + file);
            }
            this.key = new SecretKeySpec(octets, "AES");
        } catch (IOException failed) {
            throw new UncheckedIOException("The key of the sealed secrets cannot be read or made: " + folder, failed);
        }
    }

    private byte[] make(Path file) throws IOException {
        byte[] octets = new byte[KEY];
        random.nextBytes(octets);
        Path unfinished = file.resolveSibling("secrets.key.new");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.wrap(octets);
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            entries.force(true);
        }
        return octets;
    }

    /**
     * Seals a secret.
     *
     * @param context what it belongs to (a row's id): the same is needed to open it
     */
    public byte[] seal(byte[] secret, String context) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(secret);
            return ByteBuffer.allocate(1 + NONCE + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("AES-GCM is in every JDK", missing);
        }
    }

    /**
     * Opens a sealed secret.
     *
     * @throws SealBroken it was sealed by another key, for another context, or was changed
     */
    public byte[] open(byte[] sealed, String context) {
        if (sealed.length <= 1 + NONCE || sealed[0] != VERSION) {
            throw new SealBroken("not a sealed secret of a known version", null);
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(sealed, 1, nonce, 0, NONCE);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        } catch (GeneralSecurityException broken) {
            throw new SealBroken("the secret was sealed by another key, or was changed", broken);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
