package cz.digidig.identity.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What an account may do, by the name that tokens carry. */
public enum Role {
    USER("user"),
    DOMAIN_ADMIN("domain-admin"),
    ADMIN("admin");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    @JsonValue
    public String label() {
        return label;
    }

    /** The role of this name. */
    @JsonCreator
    public static Role of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label.equals(label.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of user, domain-admin, admin"));
    }

    static List<String> labels(Collection<Role> roles) {
        return roles.stream().distinct().sorted().map(Role::label).toList();
    }
}
