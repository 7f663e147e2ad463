package cz.digidig.common.api.identity;

/**
 * A mail log-in to be checked.
 *
 * @param username the address that the client gave
 * @param password the clear password; never logged
 * @param protocol {@code imap} or {@code smtp}, for the audit
 * @param clientAddress the client's IP address in text form, for throttling
 */
public record AuthenticationRequest(String username, String password, String protocol, String clientAddress) {
    @Override
    public String toString() {
        return "AuthenticationRequest[username=" + username + ", protocol=" + protocol + ", clientAddress="
                + clientAddress + "]";
    }
}
