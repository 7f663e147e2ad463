package cz.digidig.smtp.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Another domain's mail server, as well- or ill-behaved as its script. */
public final class ScriptedSink implements AutoCloseable {
    /** In place of a reply: closes the connection. */
    public static final String DROP = "drop";
    /** In place of a reply: says nothing until the client gives up. */
    public static final String SILENCE = "silence";
    /** In place of a reply: 354, and then nothing is read. */
    static final String DEAF = "deaf";
    /** In place of a reply: lines without an end. */
    static final String ENDLESS = "endless";
    /** In place of a reply: one line without an end. */
    static final String ENDLESS_LINE = "endless line";
    /** In place of a reply: a few octets now and then. */
    static final String DRIP = "drip";

    static final String ALL =
            "250-sink.test\r\n250-PIPELINING\r\n250-SIZE 100000000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
                    + "250-DSN\r\n250 ENHANCEDSTATUSCODES";

    /** What is said at a stage: CONNECT, a verb, AUTH-USER, AUTH-PASSWORD, or END after the message; null: the usual. */
    @FunctionalInterface
    public interface Script {
        @Nullable
        String on(String stage, String line, int connection);
    }

    /** A message that was accepted. */
    public record Received(String from, List<String> to, String data, boolean encrypted) {}

    private final ServerSocket server;
    private final @Nullable SSLContext tls;
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    public final List<Received> received = new CopyOnWriteArrayList<>();
    public final List<String> commands = new CopyOnWriteArrayList<>();
    /** Where connections came from. */
    public final List<InetAddress> clients = new CopyOnWriteArrayList<>();

    public volatile Script script = (_, _, _) -> null;
    volatile boolean implicitTls;
    volatile boolean pipelinedWithoutLeave;

    public ScriptedSink(InetAddress address, int port, @Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        server = new ServerSocket(port, 100, address);
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    InetAddress address() {
        return server.getInetAddress();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                clients.add(socket.getInetAddress());
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try (socket) {
            new Dialogue(socket, number).run();
        } catch (IOException | InterruptedException gone) {
            commands.add("(gone)");
        } finally {
            open.decrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        stop.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private final class Dialogue {
        private final int number;
        private Socket socket;
        private InputStream in;
        private OutputStream out;
        private boolean encrypted;
        private String greetedWith = "";
        private String from = "";
        private final List<String> to = new ArrayList<>();

        Dialogue(Socket socket, int number) throws IOException {
            this.number = number;
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        void run() throws IOException, InterruptedException {
            if (implicitTls) {
                startTls();
            }
            boolean on = reply("CONNECT", "", "220 sink.test ESMTP");
            while (on) {
                String line = readLine();
                if (line == null) {
                    return;
                }
                commands.add(line);
                on = command(line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT), line);
            }
        }

        private boolean command(String verb, String line) throws IOException, InterruptedException {
            return switch (verb) {
                case "EHLO", "HELO" -> reply(verb, line, verb.equals("EHLO") ? ALL : "250 sink.test");
                case "STARTTLS" -> {
                    String scripted = script.on(verb, line, number);
                    yield reply(verb, line, "220 go") && (scripted != null || startTls());
                }
                case "AUTH" -> logIn(line);
                case "MAIL" -> {
                    from = line;
                    to.clear();
                    yield reply(verb, line, "250 2.1.0 fine");
                }
                case "RCPT" -> {
                    String scripted = script.on(verb, line, number);
                    if (scripted == null || scripted.startsWith("2")) {
                        to.add(line.replaceAll("^.*<(.*)>.*$", "$1"));
                    }
                    yield reply(verb, line, "250 2.1.5 fine");
                }
                case "DATA" -> {
                    String scripted = script.on(verb, line, number);
                    yield reply(verb, line, "354 go on") && (scripted != null || body());
                }
                case "QUIT" -> {
                    reply(verb, line, "221 bye");
                    yield false;
                }
                default -> reply(verb, line, "250 fine");
            };
        }

        private boolean logIn(String line) throws IOException, InterruptedException {
            if (line.equals("AUTH LOGIN")) {
                if (!reply("AUTH-USER", line, "334 VXNlcm5hbWU6")) {
                    return false;
                }
                commands.add(String.valueOf(readLine()));
                if (!reply("AUTH-PASSWORD", line, "334 UGFzc3dvcmQ6")) {
                    return false;
                }
                commands.add(String.valueOf(readLine()));
            }
            return reply("AUTH", line, "235 2.7.0 welcome");
        }

        private boolean body() throws IOException, InterruptedException {
            StringBuilder data = new StringBuilder();
            for (String line = readLine(); line != null; line = readLine()) {
                if (line.equals(".")) {
                    String scripted = script.on("END", data.toString(), number);
                    if (scripted == null || scripted.startsWith("2")) {
                        received.add(new Received(from, List.copyOf(to), data.toString(), encrypted));
                    }
                    return reply("END", data.toString(), "250 2.0.0 taken");
                }
                data.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
            return false;
        }

        private boolean reply(String stage, String line, String usual) throws IOException, InterruptedException {
            String scripted = script.on(stage, line, number);
            String text = scripted == null ? usual : scripted;
            if (stage.equals("EHLO")) {
                greetedWith = text;
            }
            if (!greetedWith.contains("PIPELINING") && !stage.equals("CONNECT") && in.available() > 0) {
                pipelinedWithoutLeave = true;
            }
            switch (text) {
                case DROP -> {
                    return false;
                }
                case SILENCE -> {
                    stop.await();
                    return false;
                }
                case DEAF -> {
                    say("354 go on\r\n");
                    stop.await();
                    return false;
                }
                case ENDLESS -> {
                    while (true) {
                        say("250-and so on\r\n");
                    }
                }
                case ENDLESS_LINE -> {
                    say("250 ");
                    while (true) {
                        say("and so on ".repeat(100));
                    }
                }
                case DRIP -> {
                    say("250-");
                    while (!stop.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                        say("x");
                    }
                    return false;
                }
                default -> say(text + "\r\n");
            }
            return true;
        }

        private void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        private boolean startTls() throws IOException {
            if (tls == null) {
                say("this is no TLS handshake, whatever it may look like\r\n");
                return false;
            }
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
            secured.setUseClientMode(false);
            secured.startHandshake();
            socket = secured;
            in = new BufferedInputStream(secured.getInputStream());
            out = secured.getOutputStream();
            encrypted = true;
            return true;
        }

        private @Nullable String readLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int octet = in.read();
            while (octet >= 0 && octet != '\n') {
                line.write(octet);
                octet = in.read();
            }
            if (octet < 0) {
                return null;
            }
            String text = line.toString(StandardCharsets.UTF_8);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
