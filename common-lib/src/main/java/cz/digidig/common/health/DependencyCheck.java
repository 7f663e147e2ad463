package cz.digidig.common.health;

/** Looks after one thing that a service depends on; a bean. */
public interface DependencyCheck {
    /** As it appears in {@code /api/health}. */
    String name();

    /** Whether the service is down without it ({@code DOWN}), or only impaired ({@code DEGRADED}). */
    HealthStatus without();

    /** Looks. Cut off after two seconds; a runtime exception counts as down. */
    DependencyState check();
}
