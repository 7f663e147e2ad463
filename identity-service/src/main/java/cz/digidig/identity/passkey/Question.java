package cz.digidig.identity.passkey;

/**
 * What an authenticator is asked.
 *
 * @param challenge its one-time part in base64url, by which the answer is judged
 * @param json the whole, for the browser
 */
public record Question(String challenge, String json) {}
