package cz.digidig.smtp.settings;

import cz.digidig.common.net.ListenerSettings;
import cz.digidig.common.net.TlsMode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * One listener.
 *
 * @param name its name in logs, unique
 * @param address the address to bind
 * @param port the port; 0: any free one
 * @param tls when its connections are encrypted
 * @param role whom it serves
 * @param proxyProtocol whether a proxy in front announces the client's address; not served yet, so false
 * @param enabled false: not opened
 */
public record MailListener(
        @NotBlank String name,
        @NotBlank String address,
        @Min(0) @Max(65535) int port,
        @NotNull TlsMode tls,
        @NotNull Role role,
        boolean proxyProtocol,
        boolean enabled) {
    /** As the TCP kit wants it. */
    public ListenerSettings socket() {
        return new ListenerSettings(name, address, port, tls);
    }
}
