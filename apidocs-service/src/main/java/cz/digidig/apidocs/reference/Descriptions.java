package cz.digidig.apidocs.reference;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** What a document's descriptions look like on a page: they are CommonMark (OpenAPI 3.1 §3.5). Public for the templates. */
public final class Descriptions {
    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .omitSingleParagraphP(true)
            .build();

    /** The description as markup; HTML within it is shown as it is written, never obeyed. */
    public String html(String description) {
        return HTML.render(PARSER.parse(description));
    }
}
