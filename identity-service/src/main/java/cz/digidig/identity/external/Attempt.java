package cz.digidig.identity.external;

import java.io.Serial;
import java.io.Serializable;

/**
 * A sign-in by another provider under way; it is in the browser's session.
 *
 * @param provider its id in the settings
 * @param uri where the browser goes
 * @param state what the answer must bring back
 * @param nonce what the ID token must hold
 * @param verifier what proves that the code was asked for from here
 */
public record Attempt(String provider, String uri, String state, String nonce, String verifier)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
        return "Attempt[" + provider + "]";
    }
}
