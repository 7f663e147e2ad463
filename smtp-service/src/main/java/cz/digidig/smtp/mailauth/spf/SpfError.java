package cz.digidig.smtp.mailauth.spf;

/** Ends an evaluation with temperror or permerror. Stays within the package. */
final class SpfError extends Exception {
    private final SpfResult.Outcome outcome;

    private SpfError(SpfResult.Outcome outcome, String why) {
        super(why, null, false, false);
        this.outcome = outcome;
    }

    static SpfError permanent(String why) {
        return new SpfError(SpfResult.Outcome.PERMERROR, why);
    }

    static SpfError temporary(String why) {
        return new SpfError(SpfResult.Outcome.TEMPERROR, why);
    }

    SpfResult result() {
        return new SpfResult(outcome, String.valueOf(getMessage()));
    }
}
