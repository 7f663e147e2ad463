package cz.digidig.client.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Times at which messages are sent later, as a person means them. */
class SendTimesTest {
    private static final ZoneId PRAGUE = ZoneId.of("Europe/Prague");

    @Test
    void aTimeIsMeantInThePersonsZone() {
        assertThat(SendTimes.read("2026-11-27T08:00", PRAGUE)).contains(Instant.parse("2026-11-27T07:00:00Z"));
        assertThat(SendTimes.read("2026-07-01T08:00:59", PRAGUE)).contains(Instant.parse("2026-07-01T06:00:00Z"));
        assertThat(SendTimes.read("2026-03-29T02:30", PRAGUE))
                .as("there is no such time that night: an hour later")
                .contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(SendTimes.read("tomorrow", PRAGUE)).isEmpty();
    }

    @Test
    void usualTimesAreStillToCome() {
        Instant thursdayMorning = Instant.parse("2026-11-26T09:00:00Z");
        assertThat(SendTimes.usual(thursdayMorning, PRAGUE).sequencedKeySet())
                .containsExactly("2026-11-26T18:00", "2026-11-27T08:00", "2026-11-30T08:00");
        Instant sundayNight = Instant.parse("2026-11-29T22:30:00Z");
        assertThat(SendTimes.usual(sundayNight, PRAGUE).sequencedKeySet()).containsExactly("2026-11-30T08:00");
    }

    @Test
    void theMessageIsDatedByItsTime() {
        byte[] message = "From: a@x.example\r\nDate: Thu, 26 Nov 2026 09:00:00 +0000\r\n\r\nDate: mine\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(new String(Drafts.dated(message, Instant.parse("2026-11-30T07:00:00Z")), StandardCharsets.US_ASCII))
                .isEqualTo("From: a@x.example\r\nDate: Mon, 30 Nov 2026 07:00:00 +0000\r\n\r\nDate: mine\r\n");
    }
}
