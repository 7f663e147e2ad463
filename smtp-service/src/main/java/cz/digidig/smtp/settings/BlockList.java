package cz.digidig.smtp.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DNS list of clients that are not wanted (RFC 5782).
 *
 * @param zone the domain that is asked
 * @param action what a client that is listed gets; default: refused
 * @param answers addresses in 127.0.0.0/8 that count as listed; empty: any but 127.255.255.0/24, where lists answer that
 *     they are asked wrongly
 */
public record BlockList(
        @Schema(title = "Zone", description = "The domain that is asked, e.g. dnsbl.example.org")
        @NotNull
        @Pattern(regexp = ZONE, message = "not a domain name")
        String zone,

        @Schema(title = "Action", description = "What a client that is listed gets") @NotNull
        Action action,

        @Schema(
                title = "Answers",
                description = "Addresses in 127.0.0.0/8 that count as listed; none: any but" + " 127.255.255.0/24")
        @NotNull
        @Size(max = 50)
        List<@NotNull @Pattern(regexp = "127(\\.[0-9]{1,3}){3}", message = "not in 127.0.0.0/8") String> answers) {
    static final String ZONE = "([A-Za-z0-9_-]{1,63}\\.)*[A-Za-z0-9_-]{1,63}";

    /** What follows. */
    public enum Action {
        /** It is written into the message. */
        @JsonProperty("annotate")
        ANNOTATE,
        /** The message goes to Junk. */
        @JsonProperty("junk")
        JUNK,
        /** Mail is refused. */
        @JsonProperty("refuse")
        REFUSE
    }

    public BlockList(String zone, @Nullable Action action, @Nullable List<String> answers) {
        this.zone = zone;
        this.action = action == null ? Action.REFUSE : action;
        this.answers = answers == null ? List.of() : List.copyOf(answers);
    }
}
