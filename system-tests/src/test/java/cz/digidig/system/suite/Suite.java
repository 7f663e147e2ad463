package cz.digidig.system.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.client.SmtpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A whole suite: one that {@code ./digidig up} started for the tests, beside any other on this machine, with free ports and
 * a run folder of its own. Closing it stops it and deletes the folder; on {@code -Ddigidig.keep=true} the folder stays.
 *
 * <p>Or one that runs already, wherever: {@code DIGIDIG_TESTED_<PORT>} names {@code host:port} of each {@link Port}, {@code
 * DIGIDIG_ADMIN_PASSWORD} the administrator's password. What needs its processes or files is skipped there.
 */
public final class Suite implements AutoCloseable {
    public static final String DOMAIN = "digidig.test";
    private static final String TESTED = "DIGIDIG_TESTED_";
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(15);

    private final Path home;
    private final Path runFolder;
    private final Map<Port, Integer> ports;
    private final Map<String, String> environment = new HashMap<>();
    private final AtomicInteger accountsMade = new AtomicInteger();
    private final List<Forwarder> forwarders = new ArrayList<>();
    private final SpanCollector collector = new SpanCollector();
    private final boolean given;
    /** Tells the accounts of this run from those of runs before on the same suite; empty on a new one. */
    private final String run;

    private Suite(Path home, Path runFolder, Map<Port, Integer> ports, boolean given) throws IOException {
        this.given = given;
        this.run = given ? "-" + Long.toString(ProcessHandle.current().pid() + System.nanoTime() / 1_000_000, 36) : "";
        this.home = home;
        this.runFolder = runFolder;
        this.ports = ports;
        ports.forEach((port, number) -> environment.put(port.variable(), Integer.toString(number)));
        environment.put("DIGIDIG_RUN_DIR", runFolder.toString());
        environment.put("DIGIDIG_BUILD", "never");
        environment.put("DIGIDIG_BACKUPS_DIR", runFolder.resolve("backups").toString());
        // A share that costs nothing.
        environment.put("DIGIDIG_TRACING_SAMPLING", "0.02");
        environment.put("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT", collector.address());
    }

    /** The suite that the environment names, else a new one, when all of it is healthy. */
    static Suite start() throws IOException, InterruptedException {
        if (System.getenv(TESTED + Port.IDENTITY) != null) {
            return given();
        }
        Suite suite = new Suite(findHome(), Files.createTempDirectory("digidig-system-tests-"), freePorts(), false);
        try {
            suite.up();
            return suite;
        } catch (IOException | RuntimeException failure) {
            suite.close();
            throw failure;
        }
    }

    private static Suite given() throws IOException {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        List<Forwarder> forwarders = new ArrayList<>();
        for (Port port : Port.values()) {
            String target = System.getenv(TESTED + port);
            if (target == null) {
                throw new IOException(TESTED + port + " is not set");
            }
            Forwarder forwarder = new Forwarder(target);
            forwarders.add(forwarder);
            ports.put(port, forwarder.localPort());
        }
        Suite suite = new Suite(Path.of(""), Files.createTempDirectory("digidig-system-tests-"), ports, true);
        suite.forwarders.addAll(forwarders);
        return suite;
    }

    /** Whether it ran before the tests, out of their reach. */
    public boolean isGiven() {
        return given;
    }

    /** Skips a test that needs this suite's processes, files, or a network that reaches back to the test. */
    public void requireOwn() {
        assumeTrue(!given, "the suite runs elsewhere: its processes and files are out of reach");
    }

    private static Path findHome() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("digidig"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no ./digidig above " + Path.of("").toAbsolutePath());
    }

    /** All at once, so that none is given twice. */
    private static Map<Port, Integer> freePorts() throws IOException {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (Port port : Port.values()) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.put(port, socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    /** {@code ./digidig up}: starts what does not run, waits for health. */
    public void up() throws IOException, InterruptedException {
        Program.Result result = digidig("up");
        if (result.code() != 0) {
            throw new IOException("./digidig up: " + result);
        }
    }

    /** Runs {@code ./digidig} with these arguments on this suite. */
    public Program.Result digidig(String... arguments) throws IOException, InterruptedException {
        requireOwn();
        List<String> command = new ArrayList<>(List.of(home.resolve("digidig").toString()));
        command.addAll(List.of(arguments));
        return Program.run(COMMAND_LIMIT, environment, command.toArray(String[]::new));
    }

    public int port(Port port) {
        return Objects.requireNonNull(ports.get(port));
    }

    public Path runFolder() {
        requireOwn();
        return runFolder;
    }

    /** What its services have recorded so far. */
    public List<SpanCollector.Span> spans() {
        requireOwn();
        return collector.spans();
    }

    public Account admin() throws IOException {
        return seeded("admin@" + DOMAIN);
    }

    public Account alice() throws IOException {
        return seeded("alice@" + DOMAIN);
    }

    public Account bob() throws IOException {
        return seeded("bob@" + DOMAIN);
    }

    private Account seeded(String address) throws IOException {
        if (given) {
            return new Account(
                    address,
                    password(address.startsWith("admin@") ? "DIGIDIG_ADMIN_PASSWORD" : "DIGIDIG_DEMO_PASSWORD"));
        }
        for (String line : Files.readAllLines(runFolder.resolve("credentials"))) {
            if (line.startsWith(address + " ")) {
                return new Account(address, line.substring(address.length() + 1));
            }
        }
        throw new IOException("no " + address + " in the credentials");
    }

    private static String password(String variable) {
        String password = System.getenv(variable);
        assumeTrue(password != null && !password.isEmpty(), variable + " is not set");
        return Objects.requireNonNull(password);
    }

    /** Makes accounts that no other test uses, by the administration's REST API. */
    public List<Account> newAccounts(int count) throws IOException, InterruptedException {
        RestClient administration =
                rest(Service.IDENTITY).loggedIn(admin().address(), admin().password(), port(Port.IDENTITY));
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Account account = new Account(
                    "user%04d%s@%s".formatted(accountsMade.incrementAndGet(), run, DOMAIN), "correct-Horse-7-battery");
            RestClient.Answer answer = administration.post(
                    "/api/accounts",
                    "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(account.address(), account.password()));
            if (answer.status() != 201) {
                throw new IOException("POST /api/accounts: " + answer);
            }
            accounts.add(account);
        }
        return accounts;
    }

    public Account newAccount() throws IOException, InterruptedException {
        return newAccounts(1).getFirst();
    }

    /** A service's REST API, without a log-in. */
    public RestClient rest(Service service) {
        return new RestClient(port(service.rest()));
    }

    /** A service's REST API as a user. */
    public RestClient rest(Service service, Account account) throws IOException, InterruptedException {
        return rest(service).loggedIn(account.address(), account.password(), port(Port.IDENTITY));
    }

    /** A conversation with one of the SMTP listeners, greeted and EHLO said. */
    public SmtpClient smtp(Port listener) throws IOException {
        return SmtpClient.open(port(listener), listener == Port.SUBMISSIONS);
    }

    /** An IMAP conversation over TLS, logged in. */
    public ImapClient imap(Account account) throws IOException {
        ImapClient client = ImapClient.open(port(Port.IMAPS), true);
        client.login(account.address(), account.password());
        return client;
    }

    public long pid(Service service) throws IOException {
        requireOwn();
        return Long.parseLong(
                Files.readString(runFolder.resolve(service.title() + ".pid")).strip());
    }

    /** Ends a service at once, as a crash would: {@code kill -9}. */
    public void kill(Service service) throws IOException {
        end(service, ProcessHandle::destroyForcibly);
    }

    /** Asks a service to end, as {@code kill} does, and waits until it has. */
    public void stop(Service service) throws IOException {
        end(service, ProcessHandle::destroy);
    }

    private void end(Service service, Consumer<ProcessHandle> how) throws IOException {
        ProcessHandle process =
                ProcessHandle.of(pid(service)).orElseThrow(() -> new IOException(service.title() + " does not run"));
        how.accept(process);
        process.onExit().join();
    }

    /** Resident memory of a service's own process, in octets. */
    public long residentMemory(Service service) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid(service) + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS");
    }

    @Override
    public void close() throws IOException {
        try (collector) {
            end();
        }
    }

    private void end() throws IOException {
        if (given) {
            for (Forwarder forwarder : forwarders) {
                forwarder.close();
            }
            return;
        }
        String[] command = Boolean.getBoolean("digidig.keep") ? new String[] {"down"} : new String[] {"reset", "--yes"};
        try {
            Program.Result result = digidig(command);
            if (result.code() != 0) {
                throw new IOException("./digidig " + command[0] + ": " + result);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
