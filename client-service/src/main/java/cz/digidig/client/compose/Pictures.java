package cz.digidig.client.compose;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Pictures in formatted text, which are parts of the message and are named by their Content-ID (RFC 2392). */
final class Pictures {
    /** In the editor this attribute names a picture, for its {@code src} says where the page finds it. */
    static final String NAME = "data-cid";

    private static final String CID = "cid:";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.!#$*+/=?^_{}~@-]{1,200}");
    private static final Pattern PIXELS = Pattern.compile("[1-9]\\d{0,4}");
    private static final Set<String> TYPES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private Pictures() {}

    /** Whether it can stand in a text: browsers and mail programs show such a picture, and its Content-ID needs no quoting. */
    static boolean stands(String type, String contentId) {
        return TYPES.contains(type) && ID.matcher(contentId).matches();
    }

    /** Names those of the editor as mail does. */
    static void name(Document page) {
        for (Element picture : page.select("img[" + NAME + "]")) {
            picture.attr("src", CID + picture.attr(NAME));
        }
    }

    /** Takes out what is no picture of the message, and sizes that are no number of pixels. */
    static void bound(Element body) {
        for (Element picture : body.select("img")) {
            if (id(picture).isEmpty()) {
                picture.remove();
            }
            for (String side : List.of("width", "height")) {
                if (!PIXELS.matcher(picture.attr(side)).matches()) {
                    picture.removeAttr(side);
                }
            }
        }
    }

    private static Optional<String> id(Element picture) {
        String source = picture.attr("src").strip();
        return Optional.of(source)
                .filter(one -> one.regionMatches(true, 0, CID, 0, CID.length()))
                .map(one -> one.substring(CID.length()))
                .filter(ID.asMatchPredicate());
    }

    /** The Content-IDs of those in a text. */
    static Set<String> in(String html) {
        return Jsoup.parseBodyFragment(html).select("img").stream()
                .flatMap(picture -> id(picture).stream())
                .collect(Collectors.toSet());
    }

    /** The text without those that there are not. */
    static String only(Set<String> known, String html) {
        return each(html, picture -> {
            if (id(picture).filter(known::contains).isEmpty()) {
                picture.remove();
            }
        });
    }

    /** The text for the editor, which shows them from where they lie. */
    static String shown(List<Kept> kept, String html) {
        return each(html, picture -> {
            Optional<Kept> its = id(picture).flatMap(id -> kept.stream()
                    .filter(one -> one.contentId().equals(id))
                    .findFirst());
            its.ifPresentOrElse(one -> picture.attr("src", one.path()).attr(NAME, one.contentId()), picture::remove);
        });
    }

    private static String each(String html, Consumer<Element> change) {
        Document page = Jsoup.parseBodyFragment(html);
        page.outputSettings().prettyPrint(false);
        page.select("img").forEach(change);
        return page.body().html();
    }
}
