package cz.digidig.client.live;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageSummary;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What is told of new mail. */
class NewsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:30:00Z");

    private final ResourceBundleMessageSource words = new ResourceBundleMessageSource();

    NewsTest() {
        words.setBasename("messages/pages");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
    }

    private static MessageSummary message(long uid, String from, String subject, String... flags) {
        return new MessageSummary(
                "m" + uid,
                uid,
                "t",
                subject,
                from.isEmpty() ? List.of() : List.of(new Correspondent(from, from + "@x.example")),
                List.of(),
                NOW,
                NOW,
                1,
                List.of(flags),
                List.of(),
                "A secret preview",
                false);
    }

    private News news(long after, Locale language, MessageSummary... newest) {
        return News.of(List.of(newest), after, words, language);
    }

    @Test
    void oneMessageIsToldBySenderAndSubject() {
        assertThat(news(7, Locale.ENGLISH, message(8, "Bob", "Lunch"), message(7, "Ann", "Old")))
                .isEqualTo(new News(8, "Bob", "Lunch", "/mail/INBOX/m8"));
        assertThat(news(7, Locale.ENGLISH, message(8, "", " ")))
                .isEqualTo(new News(8, "(no sender)", "(no subject)", "/mail/INBOX/m8"));
    }

    @Test
    void severalAreSummedUp() {
        MessageSummary[] all = {message(9, "Bob", "x"), message(8, "Ann", "y"), message(7, "Bob", "z")};
        assertThat(news(6, Locale.ENGLISH, all)).isEqualTo(new News(9, "3 new messages", "Bob, Ann", "/mail/INBOX"));
        assertThat(news(6, Locale.of("cs"), all).title()).isEqualTo("3 nové zprávy");
    }

    @Test
    void whatIsReadOrOldIsNoNews() {
        assertThat(news(7, Locale.ENGLISH, message(8, "Bob", "x", "\\Seen")))
                .isEqualTo(new News(8, "", "", "/mail/INBOX"));
        assertThat(news(-1, Locale.ENGLISH, message(8, "Bob", "x"))).isEqualTo(new News(8, "", "", "/mail/INBOX"));
        assertThat(news(7, Locale.ENGLISH)).isEqualTo(new News(0, "", "", "/mail/INBOX"));
    }
}
