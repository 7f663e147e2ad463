package cz.digidig.smtp.submission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import cz.digidig.common.mail.EmailAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person of a message: {@code {"name": "Anna", "address": "anna@example.org"}}, or in one text {@code Anna
 * <anna@example.org>}.
 *
 * @param name the display name; empty: none
 * @param address the address
 */
@Schema(
        types = {"object", "string"},
        description = "an object with name and address, or one text: Anna <anna@example.org>")
record Party(String name, String address) {
    private static final int LONGEST_NAME = 500;

    @JsonCreator
    static Party of(String text) {
        String trimmed = text.strip();
        int open = trimmed.lastIndexOf('<');
        if (open < 0 || !trimmed.endsWith(">")) {
            return new Party("", trimmed);
        }
        String name = trimmed.substring(0, open).strip();
        if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return new Party(name, trimmed.substring(open + 1, trimmed.length() - 1).strip());
    }

    @JsonCreator
    static Party of(
            @JsonProperty("name") @Nullable String name,
            @JsonProperty(value = "address", required = true) String address) {
        return new Party(name == null ? "" : name, address);
    }

    /** The address; empty where it is none, or the name can't stand in a header. */
    Optional<EmailAddress> parsed() {
        boolean nameFits = name.length() <= LONGEST_NAME && name.chars().allMatch(c -> c >= ' ' && c != 0x7f);
        return nameFits ? EmailAddress.parse(address) : Optional.empty();
    }
}
