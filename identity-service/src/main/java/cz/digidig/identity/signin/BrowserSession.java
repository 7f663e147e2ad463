package cz.digidig.identity.signin;

import java.time.Instant;

/**
 * A browser that somebody is signed in with.
 *
 * @param signIn the sign-in's id, the {@code sid} of tokens
 * @param at when it began
 * @param lastUsedAt when this service last saw it
 * @param address the IP address it came from
 * @param agent what the browser calls itself
 */
public record BrowserSession(String signIn, Instant at, Instant lastUsedAt, String address, String agent) {}
