package cz.digidig.imap.settings;

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
 * @param tls when its connections are encrypted; {@code none}: never, and log-ins are allowed all the same, for a proxy
 *     that ends TLS on this machine
 * @param enabled false: not opened
 */
public record ImapListener(
        @NotBlank String name,
        @NotBlank String address,
        @Min(0) @Max(65535) int port,
        @NotNull TlsMode tls,
        boolean enabled) {
    /** As the TCP kit wants it. */
    public ListenerSettings socket() {
        return new ListenerSettings(name, address, port, tls);
    }
}
