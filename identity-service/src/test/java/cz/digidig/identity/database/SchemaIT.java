package cz.digidig.identity.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.folder.NewerData;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SchemaIT {
    private final FlywayMigrationStrategy strategy = new SchemaConfiguration().migrations();

    @Test
    void aNewerSchemaIsRefusedAndNothingTouched(@TempDir Path folder) {
        try (PostgresProcess postgres = PostgresProcess.startIn(folder)) {
            DriverManagerDataSource source =
                    new DriverManagerDataSource(postgres.jdbcUrl(), postgres.user(), postgres.password());
            JdbcClient jdbc = JdbcClient.create(source);
            Flyway flyway = Flyway.configure().dataSource(source).load();
            strategy.migrate(flyway);
            strategy.migrate(flyway);
            int applied = count(jdbc);
            assertThat(applied).isPositive();

            jdbc.sql("update flyway_schema_history set version = '999' where installed_rank = ?")
                    .param(applied)
                    .update();
            assertThatThrownBy(() -> strategy.migrate(flyway))
                    .isInstanceOf(NewerData.class)
                    .hasMessageContainingAll("PostgreSQL is of format 999", "newer than this program");
            assertThat(count(jdbc)).isEqualTo(applied);
        }
    }

    private static int count(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from flyway_schema_history")
                .query(Integer.class)
                .single();
    }
}
