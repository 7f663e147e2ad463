package cz.digidig.client.compose;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Domains that read like one that is known and are another: letters of other scripts, figures for letters, accents
 * (after the skeletons of Unicode TS 39 §4, by those confusables that domains are really forged with).
 */
final class LookAlike {
    /** Cyrillic, then Greek letters, a dotless i, figures. */
    private static final String FORGED =
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u04cf"
                    + "\u051b\u051d\u043a\u043c\u0442\u0432\u043d\u03b1\u03bf\u03c1\u03bd\u03ba\u03b9"
                    + "\u03c4\u03c5\u03b3\u03b7\u0131105";

    /** What each of them is taken for. */
    private static final String SEEN = "aeopcyxijsdhlqwkmtbhaopvkituynilos";

    private LookAlike() {}

    /**
     * The known domain that a domain only looks like; empty: none, or it is known itself.
     *
     * @param domain in either form, Unicode or punycode
     */
    static Optional<String> of(String domain, Collection<String> known) {
        String own = unicode(domain);
        String skeleton = skeleton(own);
        Optional<String> alike = Optional.empty();
        for (String one : known) {
            String other = unicode(one);
            if (own.equals(other) || own.endsWith("." + other)) {
                return Optional.empty();
            }
            if (skeleton.equals(skeleton(other))) {
                alike = Optional.of(one);
            }
        }
        return alike;
    }

    private static String unicode(String domain) {
        return IDN.toUnicode(domain.strip().toLowerCase(Locale.ROOT), IDN.ALLOW_UNASSIGNED);
    }

    /** What an eye makes of it. */
    private static String skeleton(String domain) {
        String plain = Normalizer.normalize(domain, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        StringBuilder seen = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            int at = FORGED.indexOf(plain.charAt(i));
            seen.append(at < 0 ? plain.charAt(i) : SEEN.charAt(at));
        }
        return seen.toString().replace("rn", "m").replace("vv", "w").replace('i', 'l');
    }
}
