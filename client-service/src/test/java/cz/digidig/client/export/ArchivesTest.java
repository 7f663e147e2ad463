package cz.digidig.client.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.mailbox.MessageFlag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Files of exported mail, read again. */
class ArchivesTest {
    private static final Instant CAME = Instant.parse("2026-11-05T07:08:09Z");
    private static final List<String> PIECES = List.of("From ", ">", "Fro", "m ", "\r\n", "\r\n", " ", "é", "\r", "x");

    private static Kept kept(String folder, long uid, MessageFlag... flags) {
        Set<MessageFlag> all = EnumSet.noneOf(MessageFlag.class);
        all.addAll(List.of(flags));
        return new Kept(folder, uid, all, List.of(), CAME);
    }

    private static ByteArrayInputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    }

    private static String mbox(Kept message, String... texts) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Archive archive = Archive.Kind.MBOX.into(file)) {
            for (String text : texts) {
                archive.add(message, octets(text));
            }
        }
        return file.toString(ISO_8859_1);
    }

    /** As a program does that knows of mboxrd. */
    private static List<String> readMbox(String file) {
        List<String> messages = new ArrayList<>();
        StringBuilder message = new StringBuilder();
        for (String line : file.split("(?<=\n)", -1)) {
            if (line.startsWith("From ")) {
                message = new StringBuilder();
                messages.add("");
            } else if (!line.startsWith("Status: ") && !line.startsWith("X-Status: ")) {
                message.append(line.matches("(?s)>+From .*") ? line.substring(1) : line);
                // The empty line at its end is not the message's.
                messages.set(messages.size() - 1, message.substring(0, message.length() - 1));
            }
        }
        return messages;
    }

    @Test
    void anMboxTellsTimeAndFlags() throws IOException {
        assertThat(mbox(kept("INBOX", 1, MessageFlag.SEEN, MessageFlag.ANSWERED), "Subject: a\r\n\r\nb"))
                .isEqualTo("From MAILER-DAEMON Thu Nov  5 07:08:09 2026\nStatus: RO\nX-Status: A\nSubject: a\n\nb\n\n");
        assertThat(mbox(
                        new Kept(
                                "INBOX",
                                1,
                                EnumSet.of(MessageFlag.FLAGGED, MessageFlag.DRAFT),
                                List.of("a", "b"),
                                CAME),
                        "\r\n"))
                .endsWith("\nStatus: O\nX-Status: FT\nX-Keywords: a b\n\n\n");
    }

    @Test
    void linesThatLookLikeSeparatorsAreQuoted() throws IOException {
        assertThat(mbox(kept("INBOX", 1), "From me\r\n>From you\r\n>>From\r\n From us\r\nFrom "))
                .endsWith("\n>From me\n>>From you\n>>From\n From us\n>From \n\n");
    }

    @Test
    void whateverIsWrittenToAnMboxIsReadAgain() throws IOException {
        Random random = new Random(20261126);
        for (int round = 0; round < 300; round++) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                StringBuilder text = new StringBuilder();
                for (int piece = random.nextInt(30); piece > 0; piece--) {
                    text.append(PIECES.get(random.nextInt(PIECES.size())));
                }
                texts.add(text + "\r\n");
            }
            assertThat(readMbox(mbox(kept("INBOX", 1), texts.toArray(String[]::new))))
                    .containsExactlyElementsOf(texts.stream()
                            .map(text -> text.replace("\r\n", "\n"))
                            .toList());
        }
    }

    private static Map<String, String> unzip(byte[] file) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                found.put(entry.getName(), new String(zip.readAllBytes(), ISO_8859_1));
            }
        }
        return found;
    }

    @Test
    void aZipHasEachMessageAsItCame() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Archive archive = Archive.Kind.ZIP.into(file)) {
            archive.add(kept("INBOX", 7), octets("From me\r\n\r\n\0é"));
            archive.add(kept("Work/Plans", 7), octets(""));
            archive.incomplete("broken");
        }
        assertThat(unzip(file.toByteArray()))
                .containsExactly(
                        Map.entry("INBOX/2026-11-05-070809-7.eml", "From me\r\n\r\n\0é"),
                        Map.entry("Work/Plans/2026-11-05-070809-7.eml", ""),
                        Map.entry("INCOMPLETE.txt", "broken\n"));
    }

    @Test
    void noFolderLeadsOutOfAZipOrMeetsAnother() throws IOException {
        List<String> folders = List.of(
                "../../etc",
                "/etc",
                "C:\\x",
                "a/../b",
                ".",
                "..",
                "",
                " ",
                "a?b",
                "a*b",
                "A b",
                "a\0b",
                "x".repeat(300));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Archive archive = Archive.Kind.ZIP.into(file)) {
            for (String folder : folders) {
                archive.add(kept(folder, 1), octets(folder));
            }
        }
        Map<String, String> found = unzip(file.toByteArray());
        assertThat(found.values()).containsExactlyElementsOf(folders);
        assertThat(found.keySet()).allSatisfy(name -> assertThat(name)
                .matches("[^/\\\\:]+(/[^/\\\\:]+)*\\.eml")
                .doesNotContainPattern("(^|/)\\.\\.?(/|$)")
                .hasSizeLessThan(140));
    }

    @Test
    void whatBrokeOffIsEndedAndSaid() throws IOException {
        for (Archive.Kind kind : Archive.Kind.values()) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            try (Archive archive = kind.into(file)) {
                try {
                    archive.add(kept("INBOX", 1), breakingOff());
                } catch (IOException broken) {
                    archive.incomplete(String.valueOf(broken.getMessage()));
                }
            }
            String last = kind == Archive.Kind.MBOX
                    ? readMbox(file.toString(ISO_8859_1)).getLast()
                    : List.copyOf(unzip(file.toByteArray()).values()).getLast();
            assertThat(last).endsWith("broken off\n");
        }
    }

    /** Octets that end too early. */
    private static InputStream breakingOff() {
        return new SequenceInputStream(new ByteArrayInputStream(new byte[10]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken off");
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return read();
            }
        });
    }
}
