package cz.digidig.storage.ingest;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Reads messages that are sent to us into memory. Large ones wait for their turn, so that their sum stays bounded. */
@Component
final class Uploads {
    private static final int SMALL = 1 << 20;
    private static final int UNIT = 1 << 20;
    private static final int PATIENCE_SECONDS = 30;

    /** What is done with a message while it is in memory. */
    interface Use<R> {
        R apply(byte[] octets) throws IOException;
    }

    private final long most;
    private final Semaphore units;

    Uploads(IngestProperties properties) {
        this.most = properties.maxMessageSize().toBytes();
        // Reading of unknown length grows by doubling, so a message may take twice its size for a moment.
        this.units = new Semaphore(Math.max(
                (int) (2 * most / UNIT + 1), (int) (properties.largeInFlight().toBytes() / UNIT)));
    }

    /**
     * Reads a body to its end.
     *
     * @param announced its length, or a negative number
     * @throws ProblemException {@code too-large}, {@code invalid} for an empty one or one with NUL, {@code unavailable}
     */
    <R> R read(InputStream body, long announced, Use<R> use) throws IOException {
        if (announced > most) {
            throw tooLarge();
        }
        if (announced >= 0 && announced <= SMALL) {
            return use.apply(checked(body.readNBytes((int) announced)));
        }
        byte[] beginning = announced < 0 ? body.readNBytes(SMALL + 1) : new byte[0];
        if (announced < 0 && beginning.length <= SMALL) {
            return use.apply(checked(beginning));
        }
        int wanted = (int) ((announced < 0 ? 2 * most : announced) / UNIT) + 1;
        acquire(wanted);
        try {
            return use.apply(checked(rest(beginning, body, announced)));
        } finally {
            units.release(wanted);
        }
    }

    private byte[] rest(byte[] beginning, InputStream body, long announced) throws IOException {
        if (announced >= 0) {
            return body.readNBytes((int) announced);
        }
        byte[] octets = Arrays.copyOf(beginning, 4 * beginning.length);
        int length = beginning.length;
        while (true) {
            int count = body.readNBytes(octets, length, octets.length - length);
            length += count;
            if (length > most) {
                throw tooLarge();
            }
            if (length < octets.length) {
                return Arrays.copyOf(octets, length);
            }
            octets = Arrays.copyOf(octets, (int) Math.min(2L * octets.length, most + 1));
        }
    }

    private void acquire(int wanted) {
        try {
            if (!units.tryAcquire(wanted, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ProblemException(ErrorCode.UNAVAILABLE, "Too many large messages at once; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ErrorCode.UNAVAILABLE, "The service is stopping");
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(ErrorCode.TOO_LARGE, "A message has at most " + most + " octets");
    }

    /** RFC 9051 §4.3 and RFC 5321 §2.3.7 have no NUL in a message. */
    private static byte[] checked(byte[] octets) {
        if (octets.length == 0) {
            throw new ProblemException(ErrorCode.INVALID, "The message is empty");
        }
        for (byte octet : octets) {
            if (octet == 0) {
                throw new ProblemException(ErrorCode.INVALID, "A message holds no NUL octet");
            }
        }
        return octets;
    }
}
