package cz.digidig.smtp.mailauth.dmarc;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.jspecify.annotations.Nullable;

/** The domain that somebody registered (RFC 7489 §3.2): a public suffix and one label. */
final class OrganizationalDomain {
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

    private OrganizationalDomain() {}

    /** The organizational domain above a name, in ASCII form; empty: the name is a public suffix itself, or no name. */
    static Optional<String> of(String name) {
        String ascii;
        try {
            ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException bad) {
            return Optional.empty();
        }
        if (ascii.isEmpty() || ("." + ascii + ".").contains("..")) {
            return Optional.empty();
        }
        String root = SUFFIXES.getDomainRoot(ascii);
        return Optional.ofNullable(root == null ? unlisted(ascii) : root);
    }

    /** Of a top-level domain that is on no list: the rule is {@code *}. */
    private static @Nullable String unlisted(String name) {
        String[] labels = name.split("\\.", -1);
        boolean listed = SUFFIXES.matches("." + labels[labels.length - 1]);
        return labels.length < 2 || listed ? null : labels[labels.length - 2] + "." + labels[labels.length - 1];
    }
}
