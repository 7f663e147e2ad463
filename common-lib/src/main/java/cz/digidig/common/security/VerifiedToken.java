package cz.digidig.common.security;

import java.time.Instant;

/**
 * What a valid access token says.
 *
 * @param caller whose it is
 * @param expires when it ends
 */
public record VerifiedToken(Caller caller, Instant expires) {}
