package cz.digidig.identity.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The database's files in the data folder, held by one process at a time.
 *
 * <p>{@code postgres} is the cluster, {@code postgres-binaries} the programs, {@code postgres-password} the owner's
 * password (0600: the port is open to every user of the machine), {@code postgres.lock} says that somebody is at work.
 */
final class PostgresCluster implements AutoCloseable {
    static final String OWNER = "digidig";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(20);
    private static final Duration OWN_END_LIMIT = Duration.ofSeconds(5);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);

    private final Path folder;
    private final PostgresBinaries binaries;
    private final String password;
    private final FileChannel lockFile;

    private PostgresCluster(Path folder, PostgresBinaries binaries, String password, FileChannel lockFile) {
        this.folder = folder;
        this.binaries = binaries;
        this.password = password;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder, ends a server that a killed process may have left, and makes the cluster where there is none.
     *
     * @throws IllegalStateException when another process holds the folder, or the files cannot be made
     */
    static PostgresCluster open(Path dataFolder) throws IOException, InterruptedException {
        FileChannel lockFile = lock(dataFolder.resolve("postgres.lock"));
        try {
            PostgresBinaries binaries = PostgresBinaries.unpack(dataFolder.resolve("postgres-binaries"));
            Path passwordFile = dataFolder.resolve("postgres-password");
            String password = password(passwordFile);
            PostgresCluster cluster = new PostgresCluster(dataFolder.resolve("postgres"), binaries, password, lockFile);
            if (!Files.exists(cluster.folder.resolve("PG_VERSION"))) {
                cluster.initialise(passwordFile);
            }
            cluster.endStrayServer();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            lockFile.close();
            throw failed;
        }
    }

    /** Waits a little: a process that is just shutting down gives the folder free. */
    private static FileChannel lock(Path file) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + LOCK_LIMIT.toNanos();
        while (true) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException heldInThisProcess) {
                LOG.debug("The folder is held in this very process");
            }
            if (System.nanoTime() > deadline) {
                channel.close();
                throw new IllegalStateException(
                        "Another identity-service is running on this data folder: " + file.getParent());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, password + "\n", StandardCharsets.US_ASCII);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return password;
    }

    /** Made beside its place and moved there when complete, so that a crash leaves no half cluster. */
    private void initialise(Path passwordFile) throws IOException, InterruptedException {
        Path unfinished = folder.resolveSibling("postgres.new");
        FileSystemUtils.deleteRecursively(unfinished);
        Process initdb = new ProcessBuilder(command(
                        "initdb",
                        "--pgdata=" + unfinished,
                        "--username=" + OWNER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C"))
                .redirectErrorStream(true)
                .start();
        initdb.getOutputStream().close();
        String said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (initdb.waitFor() != 0) {
            throw new IllegalStateException("PostgreSQL's files could not be made: " + said.strip());
        }
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("Made a new PostgreSQL cluster in {}", folder);
    }

    /** PostgreSQL refuses to run as root; in a user name space of its own it is nobody, and its files stay root's. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(binaries.program(program));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /**
     * Ends a server of ours that still runs on this cluster: its keeper is usually at it already. A pid file that names
     * some other program (the number was given again) is taken away, since it would stop the start.
     */
    void endStrayServer() throws IOException, InterruptedException {
        Long pid = recordedPid();
        if (pid == null) {
            return;
        }
        Optional<ProcessHandle> found = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (found.isEmpty()) {
            return;
        }
        ProcessHandle server = found.get();
        if (!servesThisCluster(server)) {
            LOG.info("The PostgreSQL pid file names another program's process {}; removing the file", pid);
            Files.deleteIfExists(folder.resolve("postmaster.pid"));
            return;
        }
        LOG.info("A PostgreSQL server (process {}) is still running on this data folder; waiting for its end", pid);
        if (ended(server, OWN_END_LIMIT)) {
            return;
        }
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            LOG.warn("Sending {} to PostgreSQL process {}", signal, pid);
            new ProcessBuilder("sh", "-c", "kill -\"$1\" \"$2\"", "sh", signal, Long.toString(pid))
                    .start()
                    .waitFor();
            if (ended(server, SIGNAL_LIMIT)) {
                return;
            }
        }
        throw new IllegalStateException("PostgreSQL process " + pid + " on this data folder cannot be ended");
    }

    private boolean servesThisCluster(ProcessHandle process) throws IOException {
        boolean postgres = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
        if (!postgres) {
            return false;
        }
        Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            return Files.isSameFile(workingFolder, folder);
        } catch (IOException unreadable) {
            // Ended meanwhile, or somebody else's: then it cannot be ours.
            return false;
        }
    }

    private static boolean ended(ProcessHandle process, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        // A process that is dead and not yet waited for has no command any more.
        while (process.isAlive() && process.info().command().isPresent()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return true;
    }

    @Nullable
    Long recordedPid() throws IOException {
        List<String> lines = pidFile();
        if (lines.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(lines.getFirst().strip());
        } catch (NumberFormatException half) {
            return null;
        }
    }

    List<String> pidFile() throws IOException {
        try {
            return Files.readAllLines(folder.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    Path folder() {
        return folder;
    }

    String password() {
        return password;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException failed) {
            LOG.warn("The lock of the PostgreSQL folder could not be given back", failed);
        }
    }
}
