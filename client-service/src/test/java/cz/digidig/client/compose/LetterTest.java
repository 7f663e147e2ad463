package cz.digidig.client.compose;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.client.preferences.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LetterTest {
    private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");

    private static Letter letter(String answers) {
        Identity author = new Identity("alice+x@digidig.test", "Alice Á", "", "");
        return new Letter(author, "bob@example.org", "Accepted: Oběd", answers);
    }

    @Test
    void wordsAndTheirTwinForProgramsAreAlternatives() {
        Letter.Written written = letter("<1@example.org>")
                .alternative("Ano\nAno", "text/calendar; charset=utf-8; method=REPLY", "BEGIN:VCALENDAR\r\n", NOW);
        String text = new String(written.octets(), StandardCharsets.UTF_8);
        assertThat(written.messageId()).endsWith("@digidig.test");
        assertThat(text)
                .contains(
                        "<alice+x@digidig.test>",
                        "To: bob@example.org",
                        "In-Reply-To: <1@example.org>",
                        "Message-ID: <" + written.messageId() + ">",
                        "multipart/alternative",
                        "Ano\r\nAno",
                        "text/calendar; charset=utf-8; method=REPLY",
                        "BEGIN:VCALENDAR");
    }

    @Test
    void whatIsNoMessageIdAnswersNothing() {
        byte[] octets = letter("<1@x>\r\nBcc: eve@example.org")
                .alternative("x", "text/calendar", "x", NOW)
                .octets();
        assertThat(new String(octets, StandardCharsets.UTF_8)).doesNotContain("In-Reply-To", "Bcc");
    }

    @Test
    void aReportSaysOfWhat() {
        Letter.Written written = letter("<1@example.org>")
                .report(
                        "Read",
                        "disposition-notification",
                        "message/disposition-notification",
                        "Disposition: manual-action/MDN-sent-manually; displayed\r\n",
                        NOW);
        assertThat(new String(written.octets(), StandardCharsets.UTF_8))
                .containsPattern("Content-Type: multipart/report; ?\\s*report-type=disposition-notification")
                .contains("Content-Type: message/disposition-notification", "; displayed")
                .doesNotContain("Disposition-Notification-To");
    }
}
