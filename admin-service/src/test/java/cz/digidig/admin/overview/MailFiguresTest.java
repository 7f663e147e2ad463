package cz.digidig.admin.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MailFiguresTest {
    private static final String TEXT = """
            # HELP digidig_smtp_messages_seconds messages
            digidig_smtp_messages_seconds_count{code="250",outcome="accepted"} 7
            digidig_smtp_messages_seconds_count{code="552",outcome="refused"} 2
            digidig_smtp_messages_seconds_sum{code="552",outcome="refused"} 0.1
            digidig_smtp_delivered_seconds_count 5
            digidig_smtp_spool_messages 3.0
            digidig_smtp_spool_oldest_seconds 61.0
            jvm_threads 4
            """;

    @Test
    void readsTheCountersOfTheMailFlow() {
        assertThat(MailFigures.parse(TEXT)).isEqualTo(new MailFigures(7, 2, 5, 0, 3, 61, Map.of("552", 2L)));
    }

    @Test
    void aRestartOfSmtpCountsFromNothing() {
        MailFigures now = MailFigures.parse(TEXT);
        assertThat(now.since(new MailFigures(4, 1, 5, 0, 0, 0, Map.of()), 9))
                .isEqualTo(new Sample(9, 3, 1, 0, 0, 3, 61));
        assertThat(now.since(new MailFigures(100, 1, 50, 0, 0, 0, Map.of()), 9))
                .isEqualTo(new Sample(9, 7, 2, 5, 0, 3, 61));
    }

    @Test
    void aDamagedLineOfTheHistoryIsLeftOut() {
        Sample sample = new Sample(9, 3, 1, 0, 0, 3, 61);
        assertThat(Sample.parse(sample.line())).contains(sample);
        assertThat(Sample.parse("9 3 1")).isEmpty();
        assertThat(Sample.parse("9 3 1 x 0 3 61")).isEmpty();
    }
}
