package cz.digidig.identity.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running PostgreSQL on the loopback interface.
 *
 * <p>A small shell stands between this process and the server. It holds the other end of a pipe: when the pipe closes,
 * because {@link #close()} was called or because this process was killed, the shell tells the server to shut down. So the
 * server never outlives its owner for longer than a shutdown takes. A server that dies by itself is started again on the
 * same port.
 */
final class PostgresProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int START_ATTEMPTS = 5;

    /** Signals to a terminal's group must not end the shell before the server; the server has handlers of its own. */
    private static final String KEEPER = """
            trap '' HUP INT QUIT TERM
            exec 3<&0
            "$@" 3<&- </dev/null &
            server=$!
            ( read -r end <&3; kill -INT $server 2>/dev/null ) &
            watcher=$!
            exec 3<&-
            wait $server
            status=$?
            kill -KILL $watcher 2>/dev/null
            exit $status
            """;

    private final PostgresCluster cluster;
    private final int port;
    private final ReentrantLock lock = new ReentrantLock();
    private Process keeper;
    private boolean closing;

    private PostgresProcess(PostgresCluster cluster, int port, Process keeper) {
        this.cluster = cluster;
        this.port = port;
        this.keeper = keeper;
    }

    /**
     * Starts the server on a cluster that this process holds, and waits until it takes connections.
     *
     * @throws IllegalStateException when it does not start
     */
    static PostgresProcess start(PostgresCluster cluster) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            List<String> left = cluster.pidFile();
            Process keeper = launch(cluster, port);
            if (ready(cluster, keeper, left)) {
                PostgresProcess running = new PostgresProcess(cluster, port, keeper);
                Thread.ofVirtual().name("postgres-watch").start(running::watch);
                return running;
            }
            keeper.getOutputStream().close();
            String said = drain(keeper);
            // The port was taken meanwhile, or the last processes of a killed server still hold its shared memory.
            if (attempt == START_ATTEMPTS) {
                throw new IllegalStateException("PostgreSQL does not start: " + said);
            }
            LOG.warn("PostgreSQL did not start, trying again: {}", said);
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static Process launch(PostgresCluster cluster, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", KEEPER, "postgres-keeper"));
        command.addAll(cluster.command("postgres", "-D", cluster.folder().toString()));
        for (String setting : settings(port)) {
            command.add("-c");
            command.add(setting);
        }
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static List<String> settings(int port) {
        return List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "wal_level=minimal",
                "max_wal_senders=0",
                "min_wal_size=32MB",
                "max_wal_size=128MB",
                "shared_buffers=32MB",
                "max_connections=24",
                "max_worker_processes=2",
                "max_parallel_workers=0",
                "max_parallel_workers_per_gather=0",
                "autovacuum_max_workers=1",
                "jit=off",
                "huge_pages=off",
                "timezone=UTC",
                "log_timezone=UTC",
                "log_min_messages=log",
                "log_min_error_statement=panic",
                "log_line_prefix=");
    }

    /** The server says in its pid file, line 8, when it takes connections; a killed one may have left such a file. */
    private static boolean ready(PostgresCluster cluster, Process keeper, List<String> left)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (keeper.waitFor(10, TimeUnit.MILLISECONDS)) {
                return false;
            }
            List<String> lines = cluster.pidFile();
            if (lines.size() >= 8 && !lines.equals(left) && lines.get(7).startsWith("ready")) {
                return true;
            }
        }
        return false;
    }

    private static String drain(Process ended) throws IOException, InterruptedException {
        if (!ended.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            return "no answer in " + START_LIMIT.toSeconds() + " s";
        }
        String said = new String(ended.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return said.isEmpty() ? "exit status " + ended.exitValue() : said.replaceAll("\\s*\\n\\s*", "; ");
    }

    /** Passes the server's words on, and starts it again when it ends without having been told to. */
    private void watch() {
        while (true) {
            Process watched = current();
            try (BufferedReader output = watched.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(PostgresProcess::log);
                watched.waitFor();
            } catch (IOException | UncheckedIOException closed) {
                LOG.debug("PostgreSQL's output ended", closed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
            if (!restart()) {
                return;
            }
        }
    }

    private Process current() {
        lock.lock();
        try {
            return keeper;
        } finally {
            lock.unlock();
        }
    }

    private boolean restart() {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            LOG.error("PostgreSQL ended by itself; starting it again");
            TimeUnit.SECONDS.sleep(1);
            cluster.endStrayServer();
            keeper = launch(cluster, port);
            return true;
        } catch (IOException failed) {
            LOG.error("PostgreSQL could not be started again", failed);
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private static void log(String line) {
        if (line.startsWith("FATAL") || line.startsWith("PANIC")) {
            LOG.warn("PostgreSQL: {}", line);
        } else {
            LOG.debug("PostgreSQL: {}", line);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String user() {
        return PostgresCluster.OWNER;
    }

    String password() {
        return cluster.password();
    }

    /** The server's process id, for tests and trials; null while it is not running. */
    @Nullable
    Long pid() throws IOException {
        return cluster.recordedPid();
    }

    /** Does what a killed owner does: looks after nothing any more, and gives the folder free. For tests. */
    void abandon() {
        lock.lock();
        try {
            closing = true;
        } finally {
            lock.unlock();
            cluster.close();
        }
    }

    /** Stops the server and waits for it; gives the folder free. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            keeper.getOutputStream().close();
            if (!keeper.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("PostgreSQL does not end in {} s", STOP_LIMIT.toSeconds());
                cluster.endStrayServer();
            }
        } catch (IOException failed) {
            LOG.warn("PostgreSQL could not be told to stop", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
            cluster.close();
        }
    }

    static PostgresProcess startIn(Path dataFolder) {
        try {
            Files.createDirectories(dataFolder);
            PostgresCluster cluster = PostgresCluster.open(dataFolder.toAbsolutePath());
            try {
                return start(cluster);
            } catch (IOException | InterruptedException | RuntimeException failed) {
                cluster.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("The embedded PostgreSQL in " + dataFolder + " does not start", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL started", interrupted);
        }
    }
}
