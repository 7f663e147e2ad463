package cz.digidig.smtp.spool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what the disk has of a message, wherever the cleaner may have moved it meanwhile. */
final class StoredOctets {
    private final Path folder;

    StoredOctets(Path folder) {
        this.folder = folder;
    }

    /** Reads something at a place. */
    @FunctionalInterface
    private interface Reading<T> {
        T at(QueuedMessage.Location location) throws IOException;
    }

    /** The message's octets, trace header first. */
    InputStream of(QueuedMessage message) throws IOException {
        return message.inFile() ? ofFile(message) : new ByteArrayInputStream(inline(message));
    }

    /** A file's last octets are the message; before them is what was left of the room for a head. */
    private InputStream ofFile(QueuedMessage message) throws IOException {
        Path file = Recovery.largeFile(folder, message.id());
        InputStream content = Files.newInputStream(file);
        try {
            content.skipNBytes(Files.size(file) - message.octets());
            return content;
        } catch (IOException failed) {
            content.close();
            throw failed;
        }
    }

    /** The octets of a message that is not in a file of its own. */
    byte[] inline(QueuedMessage message) throws IOException {
        return read(message, location -> location.segment().read(location.offset(), (int) message.octets()));
    }

    /** The last attempts for its destinations, oldest first. */
    List<Attempt> attempts(QueuedMessage message) throws IOException {
        return read(message, location -> {
            List<Attempt> all = new ArrayList<>(
                    RecordFormat.readMessage(record(location), 0).attempts());
            for (QueuedMessage.Location later : message.attempts()) {
                all.addAll(RecordFormat.readStates(record(later), 0).attempts());
            }
            return Attempt.kept(all);
        });
    }

    private static ByteBuffer record(QueuedMessage.Location location) throws IOException {
        return ByteBuffer.wrap(location.segment().read(location.record(), location.recordLength()));
    }

    private static <T> T read(QueuedMessage message, Reading<T> reading) throws IOException {
        while (true) {
            QueuedMessage.Location location = message.location();
            try {
                T found = reading.at(location);
                if (message.location().equals(location)) {
                    return found;
                }
            } catch (ClosedChannelException closed) {
                if (message.location().equals(location)) {
                    throw closed;
                }
            }
            // It is in a newer segment meanwhile.
        }
    }
}
