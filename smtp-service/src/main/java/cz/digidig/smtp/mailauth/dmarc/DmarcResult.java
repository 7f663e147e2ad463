package cz.digidig.smtp.mailauth.dmarc;

/**
 * What DMARC says of a message.
 *
 * @param outcome the result (RFC 8601 §2.7.3 has none, pass, fail, temperror, permerror)
 * @param author the author's domain; empty: there is no single one
 * @param policyDomain whose record counted; empty: there was none
 * @param published what that record asks for
 * @param applied what this message gets by it: {@link Policy#NONE} unless it failed
 * @param dkimAligned whether a signature of the author's domain was good
 * @param spfAligned whether SPF passed for the author's domain
 * @param reports whether the domain asks for aggregate reports
 * @param why for people
 */
public record DmarcResult(
        Outcome outcome,
        String author,
        String policyDomain,
        Policy published,
        Policy applied,
        boolean dkimAligned,
        boolean spfAligned,
        boolean reports,
        String why) {
    /** Whether the author's domain stands behind the message. */
    public enum Outcome {
        NONE,
        PASS,
        FAIL,
        TEMPERROR,
        PERMERROR
    }

    static DmarcResult without(Outcome outcome, String author, String why) {
        return new DmarcResult(outcome, author, "", Policy.NONE, Policy.NONE, false, false, false, why);
    }

    /** As in an Authentication-Results field. */
    public String word() {
        return switch (outcome) {
            case NONE -> "none";
            case PASS -> "pass";
            case FAIL -> "fail";
            case TEMPERROR -> "temperror";
            case PERMERROR -> "permerror";
        };
    }
}
