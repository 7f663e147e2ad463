package cz.digidig.smtp.settings;

import cz.digidig.common.net.TlsMode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that mail to elsewhere is handed to, in place of the recipients' own.
 *
 * @param senderDomains whose mail goes through it; empty: that of every domain that no other smart host names
 * @param host its name or address
 * @param port its port
 * @param tls when the connection is encrypted
 * @param tlsRequired with {@code starttls}: false sends in clear text where it can't be encrypted; default true
 * @param verifyCertificate whether its certificate must be good for its name; default: where TLS is required
 * @param user whom to log in as; empty: no log-in
 * @param password the password for that
 */
public record SmartHost(
        @NotNull List<@NotBlank String> senderDomains,
        @NotBlank String host,
        @Min(1) @Max(65535) int port,
        @NotNull TlsMode tls,
        @Nullable Boolean tlsRequired,
        @Nullable Boolean verifyCertificate,
        @NotNull String user,
        @NotNull String password) {
    private static final String LINE_OR_NUL = ".*[\\r\\n\\x00].*";

    /** What is left out has its default. */
    public SmartHost(
            @Nullable List<String> senderDomains,
            String host,
            int port,
            @Nullable TlsMode tls,
            @Nullable Boolean tlsRequired,
            @Nullable Boolean verifyCertificate,
            @Nullable String user,
            @Nullable String password) {
        this.senderDomains = senderDomains == null ? List.of() : List.copyOf(senderDomains);
        this.host = host;
        this.port = port;
        this.tls = tls == null ? TlsMode.STARTTLS : tls;
        this.tlsRequired = tlsRequired == null || tlsRequired;
        this.verifyCertificate = verifyCertificate == null ? this.tlsRequired : verifyCertificate;
        this.user = user == null ? "" : user;
        this.password = password == null ? "" : password;
        if (this.user.matches(LINE_OR_NUL) || this.password.matches(LINE_OR_NUL)) {
            throw new IllegalArgumentException("user and password hold no line end and no NUL");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
