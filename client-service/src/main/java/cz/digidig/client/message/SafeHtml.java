package cz.digidig.client.message;

import cz.digidig.client.links.SafeLink;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * HTML of a mail, made harmless: only elements and attributes that show something, no script, form, frame or style sheet,
 * nothing that is loaded from elsewhere unless it is wanted.
 *
 * @param body what stands in the frame's body
 * @param remoteImages pictures that lie elsewhere
 * @param trackers those of them that are too small to be seen: they are never loaded
 * @param height about how many pixels it takes, for a frame that can't be measured
 */
record SafeHtml(String body, int remoteImages, int trackers, int height) {
    private static final int LINE = 25;
    private static final int CHARACTERS = 75;
    private static final int PICTURE = 180;
    private static final int MOST_HEIGHT = 4000;
    private static final int TINY = 3;
    private static final Set<String> PICTURES =
            Set.of("data:image/png", "data:image/gif", "data:image/jpeg", "data:image/webp");
    private static final Safelist ALLOWED = allowed();

    private static Safelist allowed() {
        Safelist list = new Safelist()
                .addTags("a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote")
                .addTags("br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn")
                .addTags("dir", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3")
                .addTags(
                        "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "menu", "nav")
                .addTags("ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike")
                .addTags(
                        "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr")
                .addTags("tt", "u", "ul", "var", "wbr")
                .addAttributes(":all", "style", "dir", "lang", "title", "align", "valign", "bgcolor", "width", "height")
                .addAttributes("a", "href")
                .addAttributes("img", "src", "alt", "border", "hspace", "vspace")
                .addAttributes("table", "border", "cellpadding", "cellspacing", "summary", "rules", "frame")
                .addAttributes("td", "colspan", "rowspan", "nowrap", "abbr", "scope", "headers")
                .addAttributes("th", "colspan", "rowspan", "nowrap", "abbr", "scope", "headers")
                .addAttributes("col", "span")
                .addAttributes("colgroup", "span")
                .addAttributes("font", "color", "face", "size")
                .addAttributes("ol", "start", "type", "reversed")
                .addAttributes("ul", "type")
                .addAttributes("li", "value")
                .addAttributes("hr", "color", "noshade", "size");
        return list.addProtocols("a", "href", "http", "https", "mailto")
                .addProtocols("img", "src", "http", "https", "cid", "data");
    }

    /**
     * Makes HTML harmless.
     *
     * @param html as it was sent
     * @param parts where a picture of the mail itself is had, by its Content-ID; an empty one: nowhere
     * @param remote the path by which a picture that lies elsewhere is fetched for the person; an empty one: not at all
     * @param compose the path under which an answer to a {@code mailto:} link is written
     */
    static SafeHtml of(String html, UnaryOperator<String> parts, UnaryOperator<String> remote, String compose) {
        Document dirty = Jsoup.parse(html);
        Document clean = new Cleaner(ALLOWED).clean(dirty);
        carryOver(dirty.body(), clean.body());
        int remoteImages = 0;
        int trackers = 0;
        for (Element element : clean.body().getAllElements()) {
            if (element.hasAttr("style")) {
                attribute(element, "style", SafeStyle.of(element.attr("style")));
            }
            if (element.normalName().equals("a")) {
                link(element, compose);
            }
            if (element.normalName().equals("img")) {
                Picture picture = picture(element, parts, remote);
                remoteImages += picture == Picture.REMOTE ? 1 : 0;
                trackers += picture == Picture.TRACKER ? 1 : 0;
            }
        }
        clean.outputSettings().prettyPrint(false);
        return new SafeHtml(clean.body().html(), remoteImages, trackers, height(clean.body()));
    }

    /** Rather too much than too little: what is left over is white, what is missing has to be scrolled. */
    private static int height(Element body) {
        int lines = body.text().length() / CHARACTERS + 2;
        int pictures = 0;
        for (Element element : body.getAllElements()) {
            boolean ends = element.isBlock() || element.normalName().equals("br");
            lines += ends && !element.normalName().matches("div|table|tbody|td|body") ? 1 : 0;
            if (element.normalName().equals("img") && (element.hasAttr("src") || element.hasClass("digidig-blocked"))) {
                int own = pixels(element.attr("height"));
                pictures += own == Integer.MAX_VALUE ? PICTURE : Math.min(own, MOST_HEIGHT);
            }
        }
        return Math.min(MOST_HEIGHT, lines * LINE + pictures);
    }

    /** Colours of the whole mail stand at its body. */
    private static void carryOver(Element from, Element to) {
        String style = SafeStyle.of(from.attr("style"));
        String colour = from.attr("bgcolor");
        if (colour.matches("#?[A-Za-z0-9]{3,20}")) {
            style = "background-color:" + colour + ";" + style;
        }
        if (!style.isEmpty()) {
            Element whole = new Element("div").attr("style", style);
            for (Node child : to.childNodesCopy()) {
                whole.appendChild(child);
            }
            to.empty();
            to.appendChild(whole);
        }
    }

    private static void attribute(Element element, String name, String value) {
        if (value.isEmpty()) {
            element.removeAttr(name);
        } else {
            element.attr(name, value);
        }
    }

    private static void link(Element element, String compose) {
        SafeLink link = SafeLink.of(element.attr("href"));
        if (link == null) {
            element.removeAttr("href");
            return;
        }
        if (link.host().isEmpty()) {
            element.attr("title", link.href());
            element.attr("href", compose + URLEncoder.encode(link.href(), StandardCharsets.UTF_8));
        } else {
            element.attr("href", link.href());
            element.attr("title", link.href());
        }
        element.attr("target", "_blank").attr("rel", "noopener noreferrer nofollow");
        if (link.lookAlike() || link.contradicts(element.text())) {
            element.appendElement("span").attr("class", "digidig-target").text(" → " + link.host());
        }
    }

    private enum Picture {
        OWN,
        REMOTE,
        TRACKER
    }

    private static Picture picture(Element image, UnaryOperator<String> parts, UnaryOperator<String> remote) {
        String source = image.attr("src").strip();
        String lower = source.toLowerCase(Locale.ROOT);
        image.removeAttr("src");
        if (lower.startsWith("cid:")) {
            attribute(image, "src", parts.apply(source.substring(4)));
            return Picture.OWN;
        }
        if (lower.startsWith("data:")) {
            if (PICTURES.stream().anyMatch(lower::startsWith)) {
                image.attr("src", source);
            }
            return Picture.OWN;
        }
        if (!lower.startsWith("http")) {
            return Picture.OWN;
        }
        if (isTiny(image)) {
            image.remove();
            return Picture.TRACKER;
        }
        attribute(image, "src", remote.apply(source));
        if (!image.hasAttr("src")) {
            image.addClass("digidig-blocked");
        }
        return Picture.REMOTE;
    }

    private static boolean isTiny(Element image) {
        String style = image.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
        return pixels(image.attr("width")) < TINY
                || pixels(image.attr("height")) < TINY
                || style.contains("display:none")
                || style.matches(".*(^|;)(max-)?(width|height):[012](px)?(;.*|$)");
    }

    private static int pixels(String size) {
        String digits = size.strip().replaceFirst("(?i)px$", "");
        return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }
}
