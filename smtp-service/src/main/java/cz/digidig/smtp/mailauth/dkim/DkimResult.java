package cz.digidig.smtp.mailauth.dkim;

import java.util.Optional;
import java.util.Set;

/** What came of one signature. The words of RFC 8601 §2.7.1 are {@link #word()}. */
public sealed interface DkimResult {
    /**
     * It verifies.
     *
     * @param weaknesses why it is not to be trusted all the same; none: it is
     */
    record Valid(SignedIdentity identity, SignatureAlgorithm algorithm, Set<Weakness> weaknesses)
            implements DkimResult {
        public Valid {
            weaknesses = Set.copyOf(weaknesses);
        }
    }

    /** The message is not what was signed. */
    record Fail(SignedIdentity identity, SignatureAlgorithm algorithm, String why) implements DkimResult {}

    /** It can't be used, and never could. */
    record PermError(Optional<SignedIdentity> identity, String why) implements DkimResult {}

    /** It is of a kind not known here. */
    record Neutral(Optional<SignedIdentity> identity, String why) implements DkimResult {}

    /** Its key can't be got now. */
    record TempError(SignedIdentity identity, String why) implements DkimResult {}

    /** Who signed, as far as that could be read. */
    default Optional<SignedIdentity> signer() {
        return switch (this) {
            case Valid valid -> Optional.of(valid.identity());
            case Fail fail -> Optional.of(fail.identity());
            case PermError error -> error.identity();
            case Neutral neutral -> neutral.identity();
            case TempError error -> Optional.of(error.identity());
        };
    }

    /** The result's name in an Authentication-Results field (RFC 8601 §2.7.1). */
    default String word() {
        return switch (this) {
            case Valid valid -> valid.weaknesses().isEmpty() ? "pass" : "policy";
            case Fail fail -> "fail";
            case PermError error -> "permerror";
            case Neutral neutral -> "neutral";
            case TempError error -> "temperror";
        };
    }

    /** For people; empty: nothing to say. */
    default String why() {
        return switch (this) {
            case Valid valid ->
                String.join(
                        ", ",
                        valid.weaknesses().stream().sorted().map(Weakness::why).toList());
            case Fail fail -> fail.why();
            case PermError error -> error.why();
            case Neutral neutral -> neutral.why();
            case TempError error -> error.why();
        };
    }
}
