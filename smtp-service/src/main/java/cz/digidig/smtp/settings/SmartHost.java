package cz.digidig.smtp.settings;

import cz.digidig.common.net.TlsMode;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
        @NotNull
        @Size(max = 1000)
        @Schema(
                title = "Sender domains",
                description = "Whose mail goes through it. None: that of every domain that no other smart host names")
        List<@NotBlank String> senderDomains,

        @NotBlank @Schema(title = "Host", description = "A name or an address", example = "relay.example.net")
        String host,

        @Min(1) @Max(65535) @Schema(title = "Port", example = "587")
        int port,

        @NotNull
        @Schema(title = "Encryption", description = "When the connection is encrypted", defaultValue = "starttls")
        TlsMode tls,

        @Schema(
                title = "TLS is required",
                description = "No: mail and password go in clear text where STARTTLS does not work",
                defaultValue = "true")
        @Nullable
        Boolean tlsRequired,

        @Schema(
                title = "Verify the certificate",
                description = "It must be trusted by this machine and be for this host. Default: where TLS is required")
        @Nullable
        Boolean verifyCertificate,

        @NotNull @Schema(title = "User", description = "Whom to log in as. Empty: no log-in")
        String user,

        @NotNull @Schema(title = "Password") String password) {
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
