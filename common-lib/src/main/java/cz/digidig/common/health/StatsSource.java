package cz.digidig.common.health;

/** Figures of one part of a service for {@code /api/stats}; a bean. */
public interface StatsSource {
    /** The field under which they appear. */
    String name();

    /** A record of figures as they are now; cheap. */
    Record stats();
}
