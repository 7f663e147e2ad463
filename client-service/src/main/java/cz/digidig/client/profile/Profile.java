package cz.digidig.client.profile;

/**
 * A person's profile at identity.
 *
 * @param displayName may be empty
 * @param language {@code en}, {@code cs} or empty
 * @param timeZone an IANA name; empty: as the browser says
 * @param theme {@code system}, {@code light} or {@code dark}
 */
public record Profile(String displayName, String language, String timeZone, String theme) {
    static final Profile NONE = new Profile("", "", "", "system");

    Profile in(String zone) {
        return new Profile(displayName, language, zone, theme);
    }
}
