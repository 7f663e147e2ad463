package cz.digidig.admin;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.testing.MessageRules;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MessagesTest {
    @TestFactory
    Stream<DynamicTest> rules() {
        return MessageRules.of("admin\\..*", ".*\\.(csv|zone)");
    }

    @Test
    void pluralsFollowTheLanguage() {
        String english = ResourceBundle.getBundle("messages/pages", Locale.ROOT).getString("queue.deleted");
        String czech =
                ResourceBundle.getBundle("messages/pages", Locale.of("cs")).getString("queue.deleted");
        assertThat(new MessageFormat(english, Locale.ENGLISH).format(new Object[] {1}))
                .isEqualTo("1 message was deleted");
        assertThat(new MessageFormat(english, Locale.ENGLISH).format(new Object[] {2}))
                .isEqualTo("2 messages were deleted");
        assertThat(new MessageFormat(czech, Locale.of("cs")).format(new Object[] {1}))
                .isEqualTo("Smazána 1 zpráva");
        assertThat(new MessageFormat(czech, Locale.of("cs")).format(new Object[] {4}))
                .isEqualTo("Smazány 4 zprávy");
        assertThat(new MessageFormat(czech, Locale.of("cs")).format(new Object[] {5}))
                .isEqualTo("Smazáno 5 zpráv");
    }
}
