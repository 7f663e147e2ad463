package cz.digidig.common.config;

/** A configuration that is valid but can't be put into effect. The message is shown to the administrator. */
public final class ChangeRefused extends RuntimeException {
    public ChangeRefused(String reason) {
        super(reason);
    }
}
