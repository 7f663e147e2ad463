package cz.digidig.smtp.settings;

import cz.digidig.common.net.ListenerSettings;
import cz.digidig.common.net.TlsMode;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * One listener.
 *
 * @param name its name in logs, unique
 * @param address the address to bind
 * @param port the port; 0: any free one
 * @param tls when its connections are encrypted
 * @param role whom it serves
 * @param proxyProtocol whether a proxy in front announces the client's address (PROXY protocol, version 1 or 2)
 * @param enabled false: not opened
 */
public record MailListener(
        @NotNull
        @Pattern(regexp = "[A-Za-z0-9._-]{1,40}", message = "1 to 40 letters, digits, dots, hyphens, underscores")
        @Schema(title = "Name", description = "In logs and figures", example = "mx")
        String name,

        @NotBlank @Schema(title = "Address", description = "To listen on; 0.0.0.0 or :: for all", example = "0.0.0.0")
        String address,

        @Min(0) @Max(65535) @Schema(title = "Port", description = "0: any free one", example = "25")
        int port,

        @NotNull @Schema(title = "Encryption", description = "When connections are encrypted")
        TlsMode tls,

        @NotNull @Schema(title = "Role", description = "Whom it serves")
        Role role,

        @Schema(
                title = "Behind a proxy",
                description =
                        "Each connection begins with a PROXY header (version 1 or 2) of a trusted proxy, which says"
                                + " whose it is")
        boolean proxyProtocol,

        @Schema(title = "Enabled") boolean enabled) {
    /** As the TCP kit wants it. */
    public ListenerSettings socket() {
        return new ListenerSettings(name, address, port, tls);
    }
}
