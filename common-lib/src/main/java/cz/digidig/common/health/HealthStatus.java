package cz.digidig.common.health;

/** From best to worst. */
public enum HealthStatus {
    UP,
    /** Works, but something needs attention or is done later. */
    DEGRADED,
    DOWN
}
