package cz.digidig.smtp.mailauth.spf;

/**
 * What SPF says.
 *
 * @param outcome the result
 * @param why which mechanism matched or what went wrong, for people
 * @param explanation what the domain says to those it refuses (RFC 7208 §6.2); empty: nothing. It is the domain's own
 *     text, printable ASCII
 */
public record SpfResult(Outcome outcome, String why, String explanation) {
    /** RFC 7208 §2.6. */
    public enum Outcome {
        NONE,
        NEUTRAL,
        PASS,
        FAIL,
        SOFTFAIL,
        TEMPERROR,
        PERMERROR
    }

    SpfResult(Outcome outcome, String why) {
        this(outcome, why, "");
    }

    /** As in an Authentication-Results field (RFC 8601 §2.7.2). */
    public String word() {
        return switch (outcome) {
            case NONE -> "none";
            case NEUTRAL -> "neutral";
            case PASS -> "pass";
            case FAIL -> "fail";
            case SOFTFAIL -> "softfail";
            case TEMPERROR -> "temperror";
            case PERMERROR -> "permerror";
        };
    }
}
