package cz.digidig.common.signin;

/** The token of the person whose request is being answered. */
@FunctionalInterface
public interface AccessToken {
    /** A valid one, on the thread that answers the request. */
    String current();
}
