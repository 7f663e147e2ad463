package cz.digidig.common.health;

/**
 * How a dependency is.
 *
 * @param status its state
 * @param detail for an operator; empty where there is nothing to say. It is public: no names or addresses of hosts
 */
public record DependencyState(HealthStatus status, String detail) {
    public static final DependencyState UP = new DependencyState(HealthStatus.UP, "");

    public static DependencyState degraded(String detail) {
        return new DependencyState(HealthStatus.DEGRADED, detail);
    }

    public static DependencyState down(String detail) {
        return new DependencyState(HealthStatus.DOWN, detail);
    }
}
