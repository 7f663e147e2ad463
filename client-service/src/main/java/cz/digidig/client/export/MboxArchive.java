package cz.digidig.client.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import cz.digidig.common.mailbox.MessageFlag;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * All messages in one text (RFC 4155) with the quoting of mboxrd: every line {@code From }, quoted or not, gets one more
 * {@code >}, so that it can be taken off again. Lines end with LF. Flags are in {@code Status}, {@code X-Status} and
 * {@code X-Keywords}, which come first in each message.
 */
final class MboxArchive implements Archive {
    private static final byte[] FROM = "From ".getBytes(US_ASCII);
    /** As C's asctime, in UTC. */
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final OutputStream file;
    private Instant last = Instant.EPOCH;

    MboxArchive(OutputStream file) {
        this.file = new BufferedOutputStream(file, 1 << 16);
    }

    @Override
    public void add(Kept message, InputStream octets) throws IOException {
        last = message.received();
        line("From MAILER-DAEMON " + ASCTIME.format(last));
        line("Status: " + (message.flags().contains(MessageFlag.SEEN) ? "RO" : "O"));
        line("X-Status: " + letters(message));
        if (!message.keywords().isEmpty()) {
            line("X-Keywords: " + String.join(" ", message.keywords()));
        }
        quoted(new BufferedInputStream(octets, 1 << 16));
    }

    private static String letters(Kept message) {
        StringBuilder letters = new StringBuilder();
        for (MessageFlag flag : message.flags()) {
            letters.append(
                    switch (flag) {
                        case SEEN -> "";
                        case ANSWERED -> "A";
                        case FLAGGED -> "F";
                        case DELETED -> "D";
                        case DRAFT -> "T";
                    });
        }
        return letters.toString();
    }

    private void line(String text) throws IOException {
        file.write(text.getBytes(UTF_8));
        file.write('\n');
    }

    private void quoted(InputStream octets) throws IOException {
        // How much of ">>>From " the line began with so far, which is not written yet.
        boolean beginning = true;
        long quotes = 0;
        int matched = 0;
        boolean carriageReturn = false;
        for (int octet = octets.read(); octet >= 0; octet = octets.read()) {
            if (beginning) {
                if (matched == 0 && octet == '>') {
                    quotes++;
                    continue;
                }
                if (octet == FROM[matched]) {
                    matched++;
                    if (matched == FROM.length) {
                        begin(quotes + 1, matched);
                        beginning = false;
                        quotes = 0;
                        matched = 0;
                    }
                    continue;
                }
                begin(quotes, matched);
                beginning = false;
                quotes = 0;
                matched = 0;
            }
            if (carriageReturn && octet != '\n') {
                file.write('\r');
            }
            carriageReturn = octet == '\r';
            if (!carriageReturn) {
                file.write(octet);
                beginning = octet == '\n';
            }
        }
        begin(quotes, matched);
        if (carriageReturn) {
            file.write('\r');
        }
        if (!beginning || quotes + matched > 0) {
            file.write('\n');
        }
        file.write('\n');
    }

    private void begin(long quotes, int matched) throws IOException {
        for (long i = 0; i < quotes; i++) {
            file.write('>');
        }
        file.write(FROM, 0, matched);
    }

    @Override
    public void incomplete(String why) throws IOException {
        // What came before may have broken off within a line.
        file.write('\n');
        file.write('\n');
        add(
                new Kept("", 0, EnumSet.of(MessageFlag.FLAGGED), List.of(), last),
                new ByteArrayInputStream(
                        ("Subject: INCOMPLETE\nContent-Type: text/plain; charset=utf-8\n\n" + why + "\n")
                                .getBytes(UTF_8)));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
