package cz.digidig.storage.database;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.DependencyState;
import cz.digidig.common.health.HealthStatus;
import java.util.function.BooleanSupplier;

/** Whether MongoDB answers. */
final class DatabaseCheck implements DependencyCheck {
    private final Database database;
    private final BooleanSupplier refusesWrites;

    DatabaseCheck(Database database, BooleanSupplier refusesWrites) {
        this.database = database;
        this.refusesWrites = refusesWrites;
    }

    @Override
    public String name() {
        return "mongodb";
    }

    @Override
    public HealthStatus without() {
        return HealthStatus.DOWN;
    }

    @Override
    public DependencyState check() {
        if (refusesWrites.getAsBoolean()) {
            return DependencyState.down("the disk refused a write; a restart is needed");
        }
        try {
            database.accounts().find(Filters.eq("_id", "")).first();
            return DependencyState.UP;
        } catch (MongoException failed) {
            return DependencyState.down("the database does not answer");
        }
    }
}
