package cz.digidig.identity.signin;

/**
 * Published when a sign-in ends, by its user or by somebody who revoked it: what was allowed to clients during it ends too.
 *
 * @param signIn its id
 * @param account whose it was
 */
public record SignInEnded(String signIn, String account) {}
