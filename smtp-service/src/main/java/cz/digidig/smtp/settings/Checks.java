package cz.digidig.smtp.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is checked of mail from outside, on listeners of role mx, and what follows from it. What is left out has its
 * default.
 *
 * @param spf whether the sender's domain lets the client send (RFC 7208)
 * @param dkim the message's signatures (RFC 6376)
 * @param dmarc the author's domain's policy (RFC 7489)
 * @param reverseDns whether the client's address has a name that leads back to it (RFC 8601 §3)
 * @param hello whether the name of EHLO is one of a host
 * @param blockLists DNS lists of clients that are not wanted (RFC 5782)
 * @param allowLists zones of DNS lists whose clients no block list, hello or reverse name stops
 * @param rateLimits how much one client or account may send
 * @param trustedNetworks addresses and networks whose clients are not checked
 */
public record Checks(
        @Schema(
                title = "SPF",
                description = "Whether the sender's domain lets the client send (RFC 7208). Enforced:"
                        + " a fail is refused with 550 5.7.23.")
        @NotNull
        Mode spf,

        @Schema(
                title = "DKIM",
                description = "The message's signatures (RFC 6376). Enforced: a message whose signatures"
                        + " are all bad is refused with 550 5.7.20; one without any is not.")
        @NotNull
        Mode dkim,

        @Schema(
                title = "DMARC",
                description = "The policy of the author's domain (RFC 7489). Enforced: reject is"
                        + " refused with 550 5.7.26, quarantine goes to Junk.")
        @NotNull
        Mode dmarc,

        @Schema(
                title = "Reverse DNS",
                description = "Whether the client's address has a name that leads back to it."
                        + " Enforced: without one, mail is refused with 550 5.7.25.")
        @NotNull
        Mode reverseDns,

        @Schema(
                title = "EHLO name",
                description = "Whether the client greets with a host's name that exists, or its own"
                        + " address. Enforced: anything else is refused with 550 5.7.1.")
        @NotNull
        Mode hello,

        @Schema(
                title = "Block lists",
                description = "DNS lists of clients that are not wanted, the first that names the" + " client counts")
        @NotNull
        @Size(max = 10)
        List<@NotNull @Valid BlockList> blockLists,

        @Schema(
                title = "Allow lists",
                description = "Zones of DNS lists whose clients no block list, EHLO name or" + " reverse DNS stops")
        @NotNull
        @Size(max = 10)
        List<@NotNull @Pattern(regexp = BlockList.ZONE, message = "not a domain name") String> allowLists,

        @Schema(title = "Rate limits", description = "How much one client or account may send") @NotNull @Valid
        RateLimits rateLimits,

        @Schema(
                title = "Trusted networks",
                description = "Addresses and networks (192.0.2.0/24) whose clients are not"
                        + " checked. While no DNS servers are named, loopback and private addresses are trusted too.")
        @NotNull
        @Size(max = 100)
        List<@NotNull @Pattern(regexp = NETWORK, message = "not an address or network") String> trustedNetworks) {
    private static final String NETWORK = "[0-9A-Fa-f.:]{2,39}(/[0-9]{1,3})?";

    /** Nothing is checked. */
    public static final Checks NONE = new Checks(Mode.OFF, Mode.OFF, Mode.OFF);

    /** Results are written into the message, nothing is refused. */
    public static final Checks USUAL = new Checks(null, null, null, null, null, null, null, null, null);

    /** What a check's result does. */
    public enum Mode {
        @JsonProperty("off")
        OFF,
        @JsonProperty("annotate")
        ANNOTATE,
        @JsonProperty("enforce")
        ENFORCE
    }

    public Checks(
            @Nullable Mode spf,
            @Nullable Mode dkim,
            @Nullable Mode dmarc,
            @Nullable Mode reverseDns,
            @Nullable Mode hello,
            @Nullable List<BlockList> blockLists,
            @Nullable List<String> allowLists,
            @Nullable RateLimits rateLimits,
            @Nullable List<String> trustedNetworks) {
        this.spf = spf == null ? Mode.ANNOTATE : spf;
        this.dkim = dkim == null ? Mode.ANNOTATE : dkim;
        this.dmarc = dmarc == null ? Mode.ANNOTATE : dmarc;
        this.reverseDns = reverseDns == null ? Mode.ANNOTATE : reverseDns;
        this.hello = hello == null ? Mode.ANNOTATE : hello;
        this.blockLists = blockLists == null ? List.of() : List.copyOf(blockLists);
        this.allowLists = allowLists == null ? List.of() : List.copyOf(allowLists);
        this.rateLimits = rateLimits == null ? RateLimits.NONE : rateLimits;
        this.trustedNetworks = trustedNetworks == null ? List.of() : List.copyOf(trustedNetworks);
    }

    /** The three of the message's authenticity alone. */
    public Checks(Mode spf, Mode dkim, Mode dmarc) {
        this(spf, dkim, dmarc, Mode.OFF, Mode.OFF, List.of(), List.of(), RateLimits.NONE, List.of());
    }
}
