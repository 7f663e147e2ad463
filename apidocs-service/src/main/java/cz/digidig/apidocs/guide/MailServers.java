package cz.digidig.apidocs.guide;

import cz.digidig.apidocs.document.ApidocsProperties;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Asks the running mail servers what they can do: EHLO (RFC 5321 §4.1.1.1) and CAPABILITY (RFC 9051 §6.1.1). */
@Component
class MailServers {
    private static final Logger LOG = LoggerFactory.getLogger(MailServers.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    /** A server that is away costs a reader's patience once, not at each view. */
    private static final Duration AWAY = Duration.ofSeconds(15);

    private static final int PATIENCE_MILLIS = 3_000;
    private static final int MOST_LINES = 100;

    private final Map<String, String> servers;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Clock clock;

    /**
     * What a server said of itself.
     *
     * @param lines one capability each; empty where it did not answer
     */
    record Answer(Instant at, List<String> lines) {
        boolean isOld(Instant now) {
            return at.plus(lines.isEmpty() ? AWAY : REMEMBERED).isBefore(now);
        }
    }

    @Autowired
    MailServers(ApidocsProperties properties) {
        this(properties.mailServers(), Clock.systemUTC());
    }

    MailServers(Map<String, String> servers, Clock clock) {
        this.servers = servers;
        this.clock = clock;
    }

    Iterable<String> names() {
        return servers.keySet();
    }

    /** As of now, or of a moment ago. */
    List<String> capabilities(String name) {
        Instant now = clock.instant();
        Answer known = answers.get(name);
        if (known == null || known.isOld(now)) {
            known = new Answer(now, ask(name));
            answers.put(name, known);
        }
        return known.lines();
    }

    private List<String> ask(String name) {
        String address = servers.getOrDefault(name, "");
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return name.equals("imap")
                    ? imap(reader, socket.getOutputStream())
                    : smtp(reader, socket.getOutputStream());
        } catch (IOException | RuntimeException away) {
            LOG.warn("{} at {} does not say what it can do: {}", name, address, away.getMessage());
            return List.of();
        }
    }

    private static List<String> smtp(BufferedReader reader, OutputStream out) throws IOException {
        replies(reader);
        say(out, "EHLO apidocs.invalid");
        List<String> lines = replies(reader);
        say(out, "QUIT");
        // The first line is the greeting.
        return lines.isEmpty() ? lines : List.copyOf(lines.subList(1, lines.size()));
    }

    /** The lines of one reply, without the code. */
    private static List<String> replies(BufferedReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null && lines.size() < MOST_LINES; line = reader.readLine()) {
            if (!line.startsWith("2") || line.length() < 4) {
                throw new IOException(line);
            }
            lines.add(line.substring(4));
            if (line.charAt(3) == ' ') {
                break;
            }
        }
        return lines;
    }

    private static List<String> imap(BufferedReader reader, OutputStream out) throws IOException {
        String mark = "* CAPABILITY ";
        reader.readLine();
        say(out, "a CAPABILITY");
        List<String> capabilities = List.of();
        int read = 0;
        for (String line = reader.readLine();
                line != null && !line.startsWith("a ") && read < MOST_LINES;
                line = reader.readLine()) {
            read++;
            if (line.startsWith(mark)) {
                capabilities = List.of(line.substring(mark.length()).split(" ", -1));
            }
        }
        say(out, "b LOGOUT");
        return capabilities;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
