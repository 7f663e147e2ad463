package cz.digidig.smtp.spool;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One instance of what very many waiting messages have alike: their sender, the reply of a server that is down. Knows the
 * last ones only. For one thread at a time.
 */
final class Shared<T> {
    private static final int MOST = 1000;

    private final Function<String, T> make;
    private final Map<String, T> known = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Knows nothing yet.
     *
     * @param make what a text stands for
     */
    Shared(Function<String, T> make) {
        this.make = make;
    }

    T of(String text) {
        T found = known.get(text);
        if (found == null) {
            found = make.apply(text);
            known.put(text, found);
        }
        return found;
    }
}
