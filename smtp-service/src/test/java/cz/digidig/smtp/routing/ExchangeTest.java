package cz.digidig.smtp.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static List<String> order(List<Exchange> all, long seed) {
        return Exchange.inOrder(all, "us.test"::equals, new Random(seed)).stream()
                .map(Exchange::host)
                .toList();
    }

    @Test
    void thePreferenceDecidesAndChanceAmongEquals() {
        List<Exchange> all =
                List.of(new Exchange(20, "c"), new Exchange(10, "a"), new Exchange(30, "d"), new Exchange(10, "b"));
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            seen.add(order(all, i));
        }
        assertThat(seen).containsExactlyInAnyOrder(List.of("a", "b", "c", "d"), List.of("b", "a", "c", "d"));
    }

    @Test
    void whatIsNotBeforeThisServerIsLeftOut() {
        List<Exchange> all = List.of(
                new Exchange(10, "a"), new Exchange(20, "us.test"), new Exchange(20, "b"), new Exchange(30, "c"));
        assertThat(order(all, 1)).containsExactly("a");
        assertThat(order(List.of(new Exchange(5, "us.test"), new Exchange(9, "a")), 1))
                .isEmpty();
    }
}
