package cz.digidig.common.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's TLS key and certificates: {@code tls.crt} and {@code tls.key} (PEM), or else in the data folder {@code
 * tls.p12} with its password in {@code tls.password}. A self-signed one is made where there is nothing. Changed files are
 * used from the next connection on, without a restart; unreadable ones leave the former in use. TLS 1.2 and 1.3.
 */
public final class TlsContext {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final int MOST_SESSIONS = 2000;
    private static final Duration SESSION_LIFE = Duration.ofHours(1);

    private final KeyMaterial files;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Loaded current;
    private volatile TlsVersion minimum = TlsVersion.TLS_1_2;
    private volatile long lookedAt;
    private long stamp;

    private record Loaded(SSLContext context, X509Certificate certificate) {}

    private TlsContext(KeyMaterial files) throws IOException, GeneralSecurityException {
        this.files = files;
        this.stamp = files.stamp();
        this.current = load(files);
        this.lookedAt = System.nanoTime();
    }

    /** As {@link #fromFolders}, with everything in one folder. */
    public static TlsContext fromFolder(Path folder, String hostname) throws IOException {
        return fromFolders(folder, folder, hostname);
    }

    /**
     * Loads what is there.
     *
     * @param pemDir where somebody may put PEM files
     * @param dataDir where the keystore is, or is made
     * @param hostname the name in a self-signed certificate
     * @throws IOException the files can't be read or written
     */
    public static TlsContext fromFolders(Path pemDir, Path dataDir, String hostname) throws IOException {
        try {
            KeyMaterial files = new KeyMaterial(pemDir, dataDir, Clock.systemUTC());
            files.createIfMissing(hostname);
            return new TlsContext(files);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("TLS key material in " + dataDir + ": " + unusable.getMessage(), unusable);
        }
    }

    /** The context for a new connection. */
    public SSLContext sslContext() {
        if (System.nanoTime() - lookedAt > BETWEEN_LOOKS.toNanos() && lock.tryLock()) {
            try {
                lookedAt = System.nanoTime();
                if (files.stamp() != stamp) {
                    reload();
                }
            } catch (IOException unreadable) {
                LOG.atWarn().setCause(unreadable).log("TLS files can't be read; the former ones stay in use");
            } finally {
                lock.unlock();
            }
        }
        return current.context();
    }

    /** The oldest version, from the next handshake on. */
    public void minimum(TlsVersion version) {
        minimum = version;
    }

    String[] protocols() {
        return minimum.protocols();
    }

    /** The server's own certificate, as it is shown to new connections. */
    public X509Certificate certificate() {
        return current.certificate();
    }

    /** Reads the files again now. */
    public void reload() throws IOException {
        lock.lock();
        try {
            stamp = files.stamp();
            current = load(files);
            LOG.info("TLS key and certificates were loaded anew");
        } catch (GeneralSecurityException unusable) {
            throw new IOException("TLS key material: " + unusable.getMessage(), unusable);
        } finally {
            lock.unlock();
        }
    }

    private static Loaded load(KeyMaterial files) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        KeyStore store = files.load();
        keys.init(store, files.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        context.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS);
        context.getServerSessionContext().setSessionTimeout((int) SESSION_LIFE.toSeconds());
        return new Loaded(context, certificate(store));
    }

    private static X509Certificate certificate(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                return certificate;
            }
        }
        throw new GeneralSecurityException("there is no certificate");
    }
}
