package cz.digidig.common.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.StaticMessageSource;

class PageFormatsTest {
    private final StaticMessageSource words = new StaticMessageSource();
    private final PageFormats formats = new PageFormats(words);

    private void in(String zone, Locale language) {
        words.addMessage("layout.time.ago", language, "{0} ago");
        LocaleContextHolder.setLocale(language);
        LocaleContextHolder.setTimeZone(TimeZone.getTimeZone(zone));
    }

    @AfterEach
    void forget() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void timesAreThoseOfThePagesZone() {
        Instant late = Instant.parse("2020-12-31T23:30:00Z");
        in("Asia/Tokyo", Locale.ENGLISH);
        assertThat(formats.moment(late)).contains("Jan 1, 2021").contains("8:30");
        assertThat(formats.brief(late)).isEqualTo("1/1/21");
        in("America/New_York", Locale.ENGLISH);
        assertThat(formats.moment(late)).contains("Dec 31, 2020").contains("6:30");
        assertThat(formats.brief(late)).isEqualTo("12/31/20");
        assertThat(formats.machine(late)).isEqualTo("2020-12-31T23:30:00Z");
    }

    @Test
    void withinADayTheyAreRelative() {
        in("Europe/Prague", Locale.ENGLISH);
        assertThat(formats.brief(Instant.now().minusSeconds(3 * 60 + 5))).isEqualTo("3 min ago");
        assertThat(formats.brief(Instant.now().minusSeconds(23 * 3600 + 5))).isEqualTo("23 h ago");
        assertThat(formats.brief(Instant.now().minusSeconds(30 * 3600))).doesNotContain("ago");
    }
}
