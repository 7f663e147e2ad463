package cz.digidig.identity.group;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Whose mail a group takes, by the envelope's sender. */
enum Posting {
    /** Everybody's. */
    ANYONE,
    /** That of addresses of the group's own domain. */
    DOMAIN,
    /** That of its members. */
    MEMBERS;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Posting of(String label) {
        return Arrays.stream(values())
                .filter(posting -> posting.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of anyone, domain, members"));
    }
}
