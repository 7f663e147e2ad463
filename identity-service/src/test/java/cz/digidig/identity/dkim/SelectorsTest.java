package cz.digidig.identity.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectorsTest {
    @Test
    void countsByLettersAndStepsOverWhatAnyKindHas() {
        assertThat(Selectors.ending(2026, Set.of())).isEqualTo("2026a");
        assertThat(Selectors.ending(2026, Set.of("s2026a", "e2026b"))).isEqualTo("2026c");
        assertThat(Selectors.ending(2027, Set.of("s2026a"))).isEqualTo("2027a");
    }

    @Test
    void goesOnAfterZ() {
        Set<String> taken = new HashSet<>();
        String ending = "";
        for (int i = 0; i < 26 + 26 * 26 + 1; i++) {
            ending = Selectors.ending(2026, taken);
            assertThat(taken.add("s" + ending)).as(ending).isTrue();
            if (i == 25) {
                assertThat(ending).isEqualTo("2026z");
            } else if (i == 26) {
                assertThat(ending).isEqualTo("2026aa");
            }
        }
        assertThat(ending).isEqualTo("2026aaa");
    }
}
