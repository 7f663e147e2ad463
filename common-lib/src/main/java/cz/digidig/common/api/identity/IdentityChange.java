package cz.digidig.common.api.identity;

/**
 * A hint that something changed in identity.
 *
 * @param kind what was changed
 * @param id the changed account's, alias' or domain's id; of a sign-in its {@code sid}
 */
public record IdentityChange(Kind kind, String id) {
    /** What an event is about. */
    public enum Kind {
        ACCOUNT,
        ALIAS,
        DOMAIN,
        /** A sign-in by a browser ended. */
        SIGN_IN
    }
}
