package cz.digidig.smtp.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A mail exchanger of a domain.
 *
 * @param preference the lower, the sooner
 * @param host its name in lower case, without the final dot; empty: the root, of a null MX (RFC 7505)
 */
record Exchange(int preference, String host) {
    /**
     * In the order in which to try them: by preference, those of equal preference by chance (RFC 5321 §5.1). Where this
     * server is among them, only those before it are left: the others would send the mail back here.
     */
    static List<Exchange> inOrder(List<Exchange> all, Predicate<String> ourselves, RandomGenerator random) {
        int own = all.stream()
                .filter(exchange -> ourselves.test(exchange.host()))
                .mapToInt(Exchange::preference)
                .min()
                .orElse(Integer.MAX_VALUE);
        List<Exchange> order = new ArrayList<>(
                all.stream().filter(exchange -> exchange.preference() < own).toList());
        Collections.shuffle(order, Random.from(random));
        order.sort(Comparator.comparingInt(Exchange::preference));
        return List.copyOf(order);
    }
}
