package cz.digidig.common.net;

import java.time.Duration;

/**
 * What a listener's connections may use.
 *
 * @param total the most connections at once
 * @param perAddress the most at once from one IPv4 address or one IPv6 /64 network
 * @param perMinute the most new ones within a minute from there; 0: any number
 * @param idle the read deadline that a connection starts with, see {@link Connection#readDeadline(Duration)}
 * @param tlsHandshake how long a handshake may take in all
 */
public record ConnectionLimits(int total, int perAddress, int perMinute, Duration idle, Duration tlsHandshake) {
    public ConnectionLimits {
        if (total < 1 || perAddress < 1 || perMinute < 0 || !idle.isPositive() || !tlsHandshake.isPositive()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** Without a limit to new connections. */
    public ConnectionLimits(int total, int perAddress, Duration idle, Duration tlsHandshake) {
        this(total, perAddress, 0, idle, tlsHandshake);
    }
}
