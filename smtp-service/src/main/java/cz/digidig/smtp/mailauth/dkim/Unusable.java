package cz.digidig.smtp.mailauth.dkim;

/** A signature or key that can't be used, and what its result is. Stays within the package. */
final class Unusable extends Exception {
    private final boolean ignored;

    private Unusable(String why, boolean ignored) {
        super(why, null, false, false);
        this.ignored = ignored;
    }

    /** It breaks the standard: a permanent error. */
    static Unusable broken(String why) {
        return new Unusable(why, false);
    }

    /** It is of a kind that is not known here: as if it were not there. */
    static Unusable ignored(String why) {
        return new Unusable(why, true);
    }

    boolean isIgnored() {
        return ignored;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
