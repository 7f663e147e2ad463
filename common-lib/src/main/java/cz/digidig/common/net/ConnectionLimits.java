package cz.digidig.common.net;

import java.time.Duration;

/**
 * What a listener's connections may use.
 *
 * @param total the most connections at once
 * @param perAddress the most at once from one IPv4 address or one IPv6 /64 network
 * @param idle the read deadline that a connection starts with, see {@link Connection#readDeadline(Duration)}
 * @param tlsHandshake how long a handshake may take in all
 */
public record ConnectionLimits(int total, int perAddress, Duration idle, Duration tlsHandshake) {
    public ConnectionLimits {
        if (total < 1 || perAddress < 1 || !idle.isPositive() || !tlsHandshake.isPositive()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
