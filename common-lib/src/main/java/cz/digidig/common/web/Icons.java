package cz.digidig.common.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Bootstrap Icons as markup within the page: a few hundred octets each, in the colour of the text around. */
@Component("icons")
@ConditionalOnPages
public final class Icons {
    private static final String PLACE = "classpath*:/META-INF/resources/webjars/bootstrap-icons/*/icons/";

    private final Map<String, String> known = new ConcurrentHashMap<>();

    Icons() {}

    /**
     * The icon's markup, hidden from screen readers: a word stands beside every icon.
     *
     * @param name its name without suffix, written in a template
     * @throws IllegalArgumentException there is no such icon
     */
    public String of(String name) {
        return known.computeIfAbsent(name, Icons::read);
    }

    private static String read(String name) {
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("not the name of an icon: " + name);
        }
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources(PLACE + name + ".svg");
            if (found.length == 0) {
                throw new IllegalArgumentException("there is no icon " + name);
            }
            try (InputStream stream = found[0].getInputStream()) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                        .replace("<svg xmlns=\"http://www.w3.org/2000/svg\"", "<svg aria-hidden=\"true\"")
                        .strip();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("icon " + name, unreadable);
        }
    }
}
