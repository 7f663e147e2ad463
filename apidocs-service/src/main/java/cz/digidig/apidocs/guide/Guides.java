package cz.digidig.apidocs.guide;

import cz.digidig.apidocs.document.ApidocsProperties;
import cz.digidig.common.api.problem.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The guides, {@code guides/*.md}. In them {@code {{smtp}}} stands for the address of a service and {@code {{problems}}} for
 * the catalogue of problem types.
 */
@Component
public class Guides {
    private static final List<String> NAMES =
            List.of("five-minutes", "tokens", "requests", "errors", "messages", "mail-programs");
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .attributeProviderFactory(_ -> Guides::scrollable)
            .build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder().extensions(EXTENSIONS).build();

    private final List<Guide> all;

    Guides(ApidocsProperties properties) {
        this.all = NAMES.stream().map(name -> read(name, properties)).toList();
    }

    /** What may be wider than the window can be scrolled by keyboard too. */
    private static void scrollable(Node node, String tag, Map<String, String> attributes) {
        if (tag.equals("pre") || tag.equals("table")) {
            attributes.put("tabindex", "0");
        }
    }

    /** In the order in which a newcomer reads them. */
    public List<Guide> all() {
        return all;
    }

    Optional<Guide> find(String name) {
        return all.stream().filter(guide -> guide.name().equals(name)).findFirst();
    }

    /** What to read next. */
    Optional<Guide> after(Guide guide) {
        int next = all.indexOf(guide) + 1;
        return next < all.size() ? Optional.of(all.get(next)) : Optional.empty();
    }

    private static Guide read(String name, ApidocsProperties properties) {
        try (InputStream stream = new ClassPathResource("guides/" + name + ".md").getInputStream()) {
            String source =
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("{{problems}}", problems());
            for (String service : properties.services().keySet()) {
                source = source.replace("{{" + service + "}}", properties.publicUrl(service));
            }
            Node document = PARSER.parse(source);
            String title = source.lines().findFirst().orElse(name).replaceFirst("^#\\s*", "");
            return new Guide(name, title, HTML.render(document), TEXT.render(document));
        } catch (IOException missing) {
            throw new UncheckedIOException("guide " + name, missing);
        }
    }

    private static String problems() {
        return Arrays.stream(ErrorCode.values())
                .map(code -> "| `%s` | %d | %s |"
                        .formatted(code.type(), code.status().value(), code.title()))
                .collect(Collectors.joining("\n"));
    }
}
