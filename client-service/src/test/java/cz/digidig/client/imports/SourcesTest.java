package cz.digidig.client.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import cz.digidig.common.mailbox.MessageFlag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with mail, read. */
class SourcesTest {
    private static final String SEPARATOR = "From a@example.org Thu Nov  5 07:08:09 2026\n";

    @TempDir
    Path folder;

    private Path file(byte[] octets) throws IOException {
        Path file = Files.createTempFile(folder, "upload", "");
        return Files.write(file, octets);
    }

    /** A message as it would be stored. */
    private record Read(String folder, String text, Found found) {}

    private static List<Read> read(Source source) throws IOException {
        List<Read> all = new ArrayList<>();
        source.each(message -> all.add(new Read(message.folder(), text(message), message)));
        return all;
    }

    private static String text(Found message) {
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            message.octets().writeTo(octets);
            return octets.toString(ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<Read> mbox(String text) throws IOException {
        return read(new MboxFile(file(text.getBytes(ISO_8859_1)), "Old"));
    }

    @Test
    void anMboxIsTakenApart() throws IOException {
        List<Read> found = mbox(SEPARATOR + "Subject: a\n\n>From me\n>>From you\n>Fro\n\nFrom here on, we go.\n\n"
                + "From b Mon Jan 01 10:00:00 +0100 2024\nSubject: b\n\nlast line without an end");
        assertThat(found)
                .extracting(Read::text)
                .containsExactly(
                        "Subject: a\r\n\r\nFrom me\r\n>From you\r\n>Fro\r\n\r\nFrom here on, we go.\r\n",
                        "Subject: b\r\n\r\nlast line without an end");
        assertThat(found)
                .extracting(one -> one.found().received())
                .containsExactly(Instant.parse("2026-11-05T07:08:09Z"), Instant.parse("2024-01-01T09:00:00Z"));
        assertThat(found)
                .allMatch(one -> one.folder().equals("Old") && one.found().state() == null);
    }

    @Test
    void anMboxOfOtherLineEndsIsTheSameMail() throws IOException {
        String text = SEPARATOR + "Subject: a\n\nb\n\n" + SEPARATOR + "Subject: c\n\n";
        List<String> texts = mbox(text).stream().map(Read::text).toList();
        assertThat(texts).containsExactly("Subject: a\r\n\r\nb\r\n", "Subject: c\r\n");
        assertThat(mbox(text.replace("\n", "\r\n")).stream().map(Read::text)).containsExactlyElementsOf(texts);
    }

    @Test
    void statesOfOtherProgramsAreReadAndTakenOut() throws IOException {
        List<Read> found =
                mbox(SEPARATOR + "Subject: a\nStatus: RO\nX-Status: AF\nX-Keywords: work\n bad(one $label1\nTo: b\n\n"
                        + "Status: text\n\n"
                        + SEPARATOR
                        + "X-Mozilla-Status: 0005\nX-Mozilla-Status2: 00000000\nSubject: b\n\n"
                        + SEPARATOR
                        + "X-Mozilla-Status: 0009\nSubject: deleted\n\n");
        assertThat(found)
                .extracting(Read::text)
                .containsExactly("Subject: a\r\nTo: b\r\n\r\nStatus: text\r\n", "Subject: b\r\n");
        assertThat(found.getFirst().found().state())
                .isEqualTo(new Found.State(
                        Set.of(MessageFlag.SEEN, MessageFlag.ANSWERED, MessageFlag.FLAGGED), List.of("work")));
        assertThat(found.getLast().found().state())
                .isEqualTo(new Found.State(Set.of(MessageFlag.SEEN, MessageFlag.FLAGGED), List.of()));
    }

    @Test
    void theFieldsOfAnExportEndWhereTheMessageBegins() throws IOException {
        assertThat(mbox(SEPARATOR + "Status: O\nX-Status: \nStatus: the message's own\nX-UID: 7\n\nb\n\n"))
                .extracting(Read::text)
                .containsExactly("Status: the message's own\r\nX-UID: 7\r\n\r\nb\r\n");
    }

    @Test
    void oneMessageIsTakenWithoutTheLineThatAnMboxHasBeforeIt() throws IOException {
        String mail = "Subject: a\r\n\r\n" + SEPARATOR.replace("\n", "\r\n") + ">From b\r\n";
        for (String separator : List.of("", SEPARATOR, "From a\r\n")) {
            boolean text = separator.equals(SEPARATOR);
            String file = separator + (text ? mail.replace("\r\n", "\n") : mail);
            assertThat(read(new EmlFile(file(file.getBytes(ISO_8859_1)), "a.eml")))
                    .extracting(Read::text)
                    .containsExactly(mail);
        }
        assertThat(read(new EmlFile(file("From a to b\r\n".getBytes(ISO_8859_1)), "a.eml")))
                .extracting(Read::text)
                .containsExactly("From a to b\r\n");
    }

    private byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(ISO_8859_1));
                zip.closeEntry();
            }
        }
        return file.toByteArray();
    }

    private List<Read> zipped(byte[] octets) throws IOException {
        return read(new ZipOfMail(file(octets), 100 << 20));
    }

    @Test
    void foldersOfAZipAreFolders() throws IOException {
        String mail = "Subject: a\r\n\r\nb\r\n";
        String mbox = SEPARATOR + "Subject: a\n\nb\n\n";
        assertThat(zipped(zip(
                        "Work/Plans/1.eml", mail,
                        "top.eml", mail.replace("\r\n", "\n"),
                        "Old\\..\\2.eml", mail,
                        "Lists.mbox", mbox,
                        "Mail.sbd/Inbox", mbox,
                        "Mail.sbd/Inbox.msf", "From nothing",
                        "Apple.mbox/mbox", mbox,
                        "__MACOSX/Work/1.eml", mail,
                        "Work/._1.eml", mail,
                        "more.zip", "PK",
                        "notes.txt", mail)))
                .extracting(Read::folder, Read::text)
                .containsExactly(
                        tuple("Work/Plans", mail),
                        tuple("", mail),
                        tuple("Old", mail),
                        tuple("Lists", mail),
                        tuple("Mail/Inbox", mail),
                        tuple("Apple", mail));
    }

    @Test
    void aZipThatWantsHarmIsNotRead() throws IOException {
        byte[] bomb = zip("a.eml", "0".repeat(30 << 20));
        assertThatThrownBy(() -> zipped(bomb))
                .rootCause()
                .isInstanceOfSatisfying(Unreadable.class, unreadable -> assertThat(unreadable.why())
                        .isEqualTo(Unreadable.Why.TOO_LARGE));
        byte[] good = zip("a.eml", "Subject: a\r\n\r\n");
        byte[] crowded = good.clone();
        Arrays.fill(crowded, good.length - 10, good.length - 6, (byte) 0x7F);
        for (byte[] bad : List.of(crowded, Arrays.copyOf(good, good.length - 30), "PK\3\4".getBytes(ISO_8859_1))) {
            assertThatThrownBy(() -> zipped(bad)).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void aMessageIsKnownByItsBeginning() {
        assertThat(new MessageHead("Subject: =?utf-8?q?P=C5=99=C3=ADklad?=\r\n"
                        + "Date: Thu, 5 Nov 2026 08:08:09 +0100\r\n\r\n"
                        + "Date: x"))
                .returns(true, MessageHead::isMessage)
                .returns(Instant.parse("2026-11-05T07:08:09Z"), head -> head.written()
                        .orElseThrow())
                .returns("Příklad", head -> head.subject().orElseThrow());
        assertThat(new MessageHead("\u0089PNG\r\n: ").isMessage()).isFalse();
        assertThat(new MessageHead("").isMessage()).isFalse();
    }
}
