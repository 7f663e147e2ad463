package cz.digidig.identity.external;

import java.io.Serial;

/** The provider does not answer, or not as the standards say. */
public final class ProviderAway extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    ProviderAway(String message, Exception cause) {
        super(message, cause);
    }
}
