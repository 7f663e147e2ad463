package cz.digidig.identity.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static String ask(PostgresProcess postgres, String query) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(PostgresProcess postgres, String statement) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
            connection.createStatement().execute(statement);
        }
    }

    private static ProcessHandle server(PostgresProcess postgres) throws IOException {
        Long pid = postgres.pid();
        assertThat(pid).isNotNull();
        return ProcessHandle.of(pid == null ? -1 : pid).orElseThrow();
    }

    /** An orphan that nobody waits for stays in the process table, without a command. */
    private static boolean running(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    @Test
    void itIsDurableAndPrivateAndEndsWithItsOwner() throws Exception {
        Path data = folder.resolve("durable");
        ProcessHandle server;
        try (PostgresProcess postgres = PostgresProcess.startIn(data)) {
            server = server(postgres);
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("postgres-password"))))
                    .isEqualTo("rw-------");
            assertThat(ProcessHandle.current().descendants()).contains(server);
            run(postgres, "create table kept (x int)");
        }
        assertThat(running(server)).isFalse();
        try (PostgresProcess again = PostgresProcess.startIn(data)) {
            assertThat(ask(again, "select count(*) from kept")).isEqualTo("0");
        }
    }

    @Test
    void aServerLeftByAKilledOwnerIsEndedBeforeTheNextOneStarts() throws Exception {
        Path data = folder.resolve("orphan");
        PostgresProcess first = PostgresProcess.startIn(data);
        run(first, "create table kept (x int)");
        ProcessHandle server = server(first);
        ProcessHandle keeper = server.parent().orElseThrow();
        // Keeper and watcher die, so that nobody ends the server: the worst that a kill can leave.
        keeper.children().filter(child -> child.pid() != server.pid()).forEach(ProcessHandle::destroyForcibly);
        first.abandon();
        keeper.destroyForcibly();
        assertThat(running(server)).isTrue();

        try (PostgresProcess second = PostgresProcess.startIn(data)) {
            assertThat(running(server)).isFalse();
            assertThat(ask(second, "select count(*) from kept")).isEqualTo("0");
        }
    }

    @Test
    void aPidFileThatNamesAnotherProgramDoesNotStopTheStart() throws Exception {
        Path data = folder.resolve("stale");
        PostgresProcess.startIn(data).close();
        Path pidFile = data.resolve("postgres/postmaster.pid");
        Files.writeString(
                pidFile,
                String.format(
                        Locale.ROOT,
                        "%d%n%s%n1700000000%n5432%n%n127.0.0.1%n  123  456%nready%n",
                        ProcessHandle.current().pid(),
                        data.resolve("postgres")));

        try (PostgresProcess postgres = PostgresProcess.startIn(data)) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aServerThatDiesIsStartedAgainWhereItWas() throws Exception {
        try (PostgresProcess postgres = PostgresProcess.startIn(folder.resolve("dies"))) {
            run(postgres, "create table kept (x int)");
            signal("KILL", server(postgres).pid());

            long deadline = System.nanoTime() + PATIENCE.toNanos();
            String answer = "";
            while (answer.isEmpty() && System.nanoTime() < deadline) {
                try {
                    answer = ask(postgres, "select count(*) from kept");
                } catch (SQLException notYet) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
            }
            assertThat(answer).isEqualTo("0");
        }
    }
}
