package cz.digidig.common.health;

import java.util.Map;

/**
 * The answer of {@code /api/health}.
 *
 * @param name the service
 * @param status the worst of what matters
 * @param version of the software
 * @param uptime seconds since the start
 * @param dependencies by name
 */
record HealthReport(
        String name, HealthStatus status, String version, long uptime, Map<String, DependencyState> dependencies) {}
