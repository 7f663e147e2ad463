package cz.digidig.common.health;

import java.util.function.LongSupplier;

/**
 * How much the service's database holds, where that has a volume of its own; else it is part of the data folder.
 *
 * @param octets asks the database
 */
public record DatabaseSize(LongSupplier octets) implements StatsSource {
    /** A database. */
    record Database(long used) {}

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Record stats() {
        return new Database(octets.getAsLong());
    }
}
