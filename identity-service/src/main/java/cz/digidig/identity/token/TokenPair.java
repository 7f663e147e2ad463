package cz.digidig.identity.token;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a log-in gives (RFC 6749 §5.1).
 *
 * @param accessToken a signed token for every service
 * @param refreshToken good for one use: the next pair
 * @param tokenType always {@code Bearer}
 * @param expiresIn the access token's life in seconds
 */
public record TokenPair(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("refresh_token") String refreshToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn) {
    @Override
    public String toString() {
        return "TokenPair[]";
    }
}
