package cz.digidig.client.imports;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All messages in one text (RFC 4155), with the quoting of mboxrd. A separator is a line {@code From } with a date after an
 * empty line, so that a sentence that begins so does not end a message whose program quoted none.
 *
 * @param folder where its messages lie
 */
record MboxFile(Path file, String folder) implements Source {
    private static final String FROM = "From ";
    /** As C's asctime, with a zone before or behind the year where a program wrote one. */
    private static final Pattern DATE = Pattern.compile(
            "\\b([A-Z][a-z]{2})\\s+(\\d{1,2})\\s+(\\d{1,2}:\\d\\d(?::\\d\\d)?)\\s+([+-]\\d{4}|[A-Z]{1,5})?\\s*(\\d{4})\\s*([+-]\\d{4})?\\s*$");

    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("MMM d H:mm[:ss] uuuu", Locale.ENGLISH);
    private static final int BUFFER = 1 << 16;
    /** More header fields than any program writes for itself. */
    private static final int MOST_TAKEN = 20;

    @Override
    public boolean each(Found.Taker taker) throws IOException {
        try (InputStream octets = Files.newInputStream(file)) {
            Lines lines = new Lines(octets);
            Message open = null;
            int count = 0;
            boolean fresh = true;
            // Where the text so far ends, were the next line a separator: before the empty line above that.
            long text = 0;
            while (lines.next()) {
                if (fresh && separates(lines, open)) {
                    if (open != null && !open.hand(text, taker)) {
                        return false;
                    }
                    open = new Message(++count, lines);
                    fresh = false;
                    text = lines.end();
                } else {
                    if (open != null) {
                        open.line(lines);
                    }
                    fresh = lines.isEmpty();
                    text = fresh ? lines.start() : lines.end();
                }
            }
            return open == null || open.hand(text, taker);
        }
    }

    private static boolean separates(Lines line, @Nullable Message open) {
        return line.startsWith(FROM)
                && (open == null || DATE.matcher(line.text()).find());
    }

    static @Nullable Instant date(String separator) {
        Matcher found = DATE.matcher(separator);
        if (!found.find()) {
            return null;
        }
        String zone = found.group(4) != null ? found.group(4) : found.group(6);
        try {
            return LocalDateTime.parse(
                            "%s %s %s %s".formatted(found.group(1), found.group(2), found.group(3), found.group(5)),
                            ASCTIME)
                    .toInstant(zone == null || !zone.matches("[+-].*") ? ZoneOffset.UTC : ZoneOffset.of(zone));
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    /** A message whose end is not reached yet. */
    private final class Message {
        private final int number;
        private final boolean crlf;
        private final @Nullable Instant received;
        private final MboxState state = new MboxState();
        /** Beginnings and ends of what is the message's in the file; the last end is missing. */
        private final List<Long> pieces = new ArrayList<>();

        private boolean header = true;
        private boolean taken;

        Message(int number, Lines separator) {
            this.number = number;
            this.crlf = separator.endsWithCrLf();
            this.received = date(separator.text());
            pieces.add(separator.end());
        }

        void line(Lines line) {
            header = header && !line.isEmpty();
            if (header) {
                boolean further = line.startsWith(" ") || line.startsWith("\t");
                taken = pieces.size() < 2 * MOST_TAKEN && (further ? taken : state.take(line.text()));
                if (taken) {
                    long last = pieces.removeLast();
                    if (last < line.start()) {
                        pieces.add(last);
                        pieces.add(line.start());
                    }
                    pieces.add(line.end());
                }
            }
        }

        boolean hand(long end, Found.Taker taker) throws IOException {
            long last = pieces.getLast();
            if (state.expunged() || (pieces.size() == 1 && end <= last)) {
                return true;
            }
            pieces.add(Math.max(end, last));
            return taker.take(new Found(folder, Integer.toString(number), this::writeTo, state.state(), received));
        }

        private void writeTo(OutputStream sink) throws IOException {
            OutputStream buffered = new BufferedOutputStream(sink, BUFFER);
            try (SeekableByteChannel octets = FileChannel.open(file);
                    MailLines lines = new MailLines(buffered, crlf, true)) {
                for (int i = 0; i < pieces.size(); i += 2) {
                    copy(octets, pieces.get(i), pieces.get(i + 1), lines);
                }
            }
            buffered.flush();
        }

        private static void copy(SeekableByteChannel octets, long from, long to, OutputStream sink) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, to - from));
            octets.position(from);
            for (long left = to - from; left > 0; left -= buffer.position()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), left));
                if (octets.read(buffer) < 0) {
                    throw new IOException("the file became shorter");
                }
                sink.write(buffer.array(), 0, buffer.position());
            }
        }
    }
}
