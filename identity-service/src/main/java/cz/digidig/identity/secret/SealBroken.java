package cz.digidig.identity.secret;

import org.jspecify.annotations.Nullable;

/** A sealed secret can't be opened: likely the key file was lost or exchanged. */
public final class SealBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
