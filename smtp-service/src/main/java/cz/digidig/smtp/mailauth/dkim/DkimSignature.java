package cz.digidig.smtp.mailauth.dkim;

import cz.digidig.smtp.mailauth.HeaderField;
import cz.digidig.smtp.mailauth.TagList;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A DKIM-Signature field's meaning (RFC 6376 §3.5). */
final class DkimSignature {
    private static final String FROM = "from";
    private static final int MOST_NAMES = 1000;

    private final HeaderField field;
    private final boolean versioned;
    private final SignatureAlgorithm algorithm;
    private final byte[] value;
    private final byte[] bodyHash;
    private final Canonicalization headerForm;
    private final Canonicalization bodyForm;
    private final SignedIdentity identity;
    private final List<String> names;
    private final long bodyLength;
    private final Optional<Instant> expiry;

    private DkimSignature(HeaderField field, TagList tags) throws Unusable {
        this.field = field;
        this.versioned = version(tags);
        this.algorithm = SignatureAlgorithm.named(required(tags, "a").toLowerCase(Locale.ROOT))
                .orElseThrow(() -> Unusable.ignored("unknown algorithm"));
        if (!tags.withoutSpace("q").map(DkimSignature::asksDns).orElse(true)) {
            throw Unusable.ignored("unknown query method");
        }
        String[] forms = tags.withoutSpace("c").orElse("simple").split("/", 2);
        this.headerForm = form(forms[0]);
        this.bodyForm = forms.length == 2 ? form(forms[1]) : Canonicalization.SIMPLE;
        this.value = base64(required(tags, "b"), "b=");
        this.bodyHash = base64(required(tags, "bh"), "bh=");
        this.identity = SignedIdentity.of(required(tags, "d"), required(tags, "s"), tags.withoutSpace("i"), value);
        this.names = names(required(tags, "h"));
        this.bodyLength = tags.withoutSpace("l").isPresent() ? number(required(tags, "l"), 76) : Long.MAX_VALUE;
        this.expiry = expiry(tags);
    }

    /** Reads a field named DKIM-Signature. */
    static DkimSignature parse(HeaderField field) throws Unusable {
        TagList tags = TagList.parse(field.value()).orElseThrow(() -> Unusable.broken("not a list of tags"));
        return new DkimSignature(field, tags);
    }

    private static boolean version(TagList tags) throws Unusable {
        Optional<String> version = tags.withoutSpace("v");
        boolean current = version.isPresent() && version.get().equals("1");
        // 0.5 is what the drafts before the standard said; the first of them said nothing.
        if (!current && version.isPresent() && !version.get().equals("0.5")) {
            throw Unusable.ignored("unknown version");
        }
        return current;
    }

    private static boolean asksDns(String methods) {
        return Arrays.stream(methods.split(":", -1))
                .anyMatch(method -> method.equalsIgnoreCase("dns/txt") || method.equalsIgnoreCase("dns"));
    }

    private static String required(TagList tags, String name) throws Unusable {
        String value = tags.withoutSpace(name).orElseThrow(() -> Unusable.broken("no " + name + "="));
        if (value.isEmpty()) {
            throw Unusable.broken("empty " + name + "=");
        }
        return value;
    }

    private static Canonicalization form(String word) throws Unusable {
        return Canonicalization.named(word.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> Unusable.ignored("unknown canonicalization"));
    }

    private static byte[] base64(String text, String tag) throws Unusable {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException bad) {
            throw Unusable.broken(tag + " is not base64");
        }
    }

    private static List<String> names(String list) throws Unusable {
        List<String> names =
                Arrays.stream(list.toLowerCase(Locale.ROOT).split(":", -1)).toList();
        if (names.contains("")) {
            throw Unusable.broken("h= has an empty name");
        }
        if (names.size() > MOST_NAMES) {
            throw Unusable.broken("h= is too long");
        }
        // RFC 6376 §5.4.
        if (!names.contains(FROM)) {
            throw Unusable.broken("From is not signed");
        }
        return names;
    }

    private static long number(String digits, int most) throws Unusable {
        if (digits.length() > most || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Unusable.broken("not a number");
        }
        // More than a long holds is more than any body has.
        return digits.length() > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
    }

    private static Optional<Instant> expiry(TagList tags) throws Unusable {
        if (tags.withoutSpace("x").isEmpty()) {
            return Optional.empty();
        }
        long expiry = number(required(tags, "x"), 12);
        if (tags.withoutSpace("t").isPresent() && number(required(tags, "t"), 12) > expiry) {
            throw Unusable.broken("x= is before t=");
        }
        return Optional.of(Instant.ofEpochSecond(expiry));
    }

    HeaderField field() {
        return field;
    }

    /** Whether it says {@code v=1}, as it must. */
    boolean versioned() {
        return versioned;
    }

    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    byte[] value() {
        return value;
    }

    byte[] bodyHash() {
        return bodyHash;
    }

    Canonicalization headerForm() {
        return headerForm;
    }

    Canonicalization bodyForm() {
        return bodyForm;
    }

    SignedIdentity identity() {
        return identity;
    }

    List<String> names() {
        return names;
    }

    /** {@code l=}; without it {@link Long#MAX_VALUE}. */
    long bodyLength() {
        return bodyLength;
    }

    /** {@code x=}. */
    Optional<Instant> expiry() {
        return expiry;
    }
}
