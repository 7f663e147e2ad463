package cz.digidig.client.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One message.
 *
 * @param name the file's as it was uploaded
 */
record EmlFile(Path file, String name) implements Source {
    private static final int LOOKED_AT = 4096;

    /** Opens octets that can be read any number of times. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    @Override
    public boolean each(Found.Taker taker) throws IOException {
        return taker.take(new Found("", name, octets(() -> Files.newInputStream(file)), null, null));
    }

    /** A file's message; where its lines end as those of texts do, with the ends of mail. */
    static Found.Octets octets(Opener file) throws IOException {
        MessageHead head;
        try (InputStream beginning = file.open()) {
            head = new MessageHead(new String(beginning.readNBytes(LOOKED_AT), ISO_8859_1));
        }
        int separator = head.separator();
        Opener message = () -> {
            InputStream octets = file.open();
            octets.skipNBytes(separator);
            return octets;
        };
        return head.hasMailLines()
                ? sink -> copy(message, sink)
                : sink -> {
                    OutputStream buffered = new BufferedOutputStream(sink, 1 << 16);
                    try (MailLines lines = new MailLines(buffered, true, false)) {
                        copy(message, lines);
                    }
                    buffered.flush();
                };
    }

    static void copy(Opener file, OutputStream sink) throws IOException {
        try (InputStream octets = file.open()) {
            octets.transferTo(sink);
        }
    }
}
