package cz.digidig.identity.database;

import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.DependencyState;
import cz.digidig.common.health.HealthStatus;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether PostgreSQL answers. */
@Component
class DatabaseCheck implements DependencyCheck {
    private final JdbcClient jdbc;

    DatabaseCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public HealthStatus without() {
        return HealthStatus.DOWN;
    }

    @Override
    public DependencyState check() {
        try {
            jdbc.sql("select 1").query(Integer.class).single();
            return DependencyState.UP;
        } catch (DataAccessException failed) {
            return DependencyState.down("the database does not answer");
        }
    }
}
