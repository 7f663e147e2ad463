package cz.digidig.common.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessageFlagTest {
    @Property
    void aSetOfFlagsSurvivesAsBits(@ForAll Set<MessageFlag> flags) {
        assertThat(MessageFlag.fromBits(MessageFlag.toBits(flags))).isEqualTo(flags);
    }

    @Property
    void aFlagIsKnownByItsNameInAnyCase(@ForAll MessageFlag flag) {
        assertThat(MessageFlag.ofImapName(flag.imapName().toUpperCase(Locale.ROOT)))
                .contains(flag);
    }

    @Test
    void keywordsAreNoSystemFlags() {
        assertThat(MessageFlag.ofImapName("Seen")).isEmpty();
        assertThat(MessageFlag.ofImapName("\\Recent")).isEmpty();
    }
}
