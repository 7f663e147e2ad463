package cz.digidig.admin.overview;

import cz.digidig.admin.backend.Service;
import java.time.Instant;
import java.util.List;

/**
 * How a service was when it was last looked at.
 *
 * @param service which
 * @param status {@code UP}, {@code DEGRADED}, {@code DOWN}, or {@code UNKNOWN} before the first look
 * @param version of its software; empty: not known
 * @param uptime seconds since its start
 * @param since when this status was first seen
 * @param parts what it depends on
 */
public record ServiceState(
        Service service, String status, String version, long uptime, Instant since, List<Part> parts) {
    /**
     * Something that a service depends on.
     *
     * @param detail for an operator; may be empty
     */
    public record Part(String name, String status, String detail) {}

    public ServiceState {
        parts = List.copyOf(parts);
    }

    /** Whether it needs an eye. */
    public boolean isTroubled() {
        return !status.equals("UP");
    }
}
