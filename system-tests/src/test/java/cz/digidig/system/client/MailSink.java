package cz.digidig.system.client;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another server on loopback that takes whatever mail comes, after a log-in, or answers RCPT otherwise. */
public final class MailSink implements Closeable {
    private static final String ACCEPTED = "250 2.1.5 fine";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile String toRecipients = ACCEPTED;

    public MailSink() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What it says to RCPT from now on. */
    public void answerRecipients(String reply) {
        toRecipients = reply;
    }

    public void acceptRecipients() {
        toRecipients = ACCEPTED;
    }

    /** What was taken, as it came. */
    public List<String> messages() {
        return messages;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            OutputStream out = socket.getOutputStream();
            say(out, "220 sink.example ESMTP");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> say(out, "250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 AUTH PLAIN");
                    case "AUTH" -> say(out, "235 2.7.0 welcome");
                    case "RCPT" -> say(out, toRecipients);
                    case "DATA" -> {
                        say(out, "354 go on");
                        messages.add(body(in));
                        say(out, "250 2.0.0 taken");
                    }
                    default -> say(out, "250 2.0.0 fine");
                }
            }
        } catch (IOException killed) {
            return; // As the test wanted.
        }
    }

    private static String body(BufferedReader in) throws IOException {
        StringBuilder body = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            body.append(line).append("\r\n");
        }
        return body.toString();
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
