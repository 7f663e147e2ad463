package cz.digidig.client.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A file that takes messages one by one; of none more than a buffer is held in memory. Closing it ends the file. */
sealed interface Archive extends Closeable permits MboxArchive, ZipArchive {
    /** Writes a message; its octets are read to their end. */
    void add(Kept message, InputStream octets) throws IOException;

    /** Says within the file, in words, that messages are missing in it. */
    void incomplete(String why) throws IOException;

    /** What the file is to be. */
    enum Kind {
        ZIP("application/zip", ".zip"),
        MBOX("application/mbox", ".mbox");

        private final String type;
        private final String suffix;

        Kind(String type, String suffix) {
            this.type = type;
            this.suffix = suffix;
        }

        String type() {
            return type;
        }

        String suffix() {
            return suffix;
        }

        Archive into(OutputStream file) {
            return switch (this) {
                case ZIP -> new ZipArchive(file);
                case MBOX -> new MboxArchive(file);
            };
        }
    }
}
