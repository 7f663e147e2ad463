package cz.digidig.system.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One SMTP conversation (RFC 5321) that waits for each reply. */
public final class SmtpClient implements Closeable {
    private final Wire wire;

    private SmtpClient(Wire wire) {
        this.wire = wire;
    }

    /** A reply: its code and the text of its lines. */
    public record Reply(int code, List<String> lines) {
        public boolean positive() {
            return code < 400;
        }

        @Override
        public String toString() {
            return code + " " + String.join(" / ", lines);
        }
    }

    /** Connects, reads the greeting and says EHLO. */
    public static SmtpClient open(int port, boolean tls) throws IOException {
        SmtpClient client = new SmtpClient(Wire.open(port, tls));
        try {
            client.expect(client.read(), 220);
            client.expect(client.command("EHLO client.example"), 250);
            return client;
        } catch (IOException failure) {
            client.close();
            throw failure;
        }
    }

    public Wire wire() {
        return wire;
    }

    public Reply command(String line) throws IOException {
        wire.writeLine(line);
        return read();
    }

    public Reply read() throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = wire.readLine();
            if (line.length() < 3) {
                throw new IOException("not a reply: \"" + line + "\"");
            }
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return new Reply(Integer.parseInt(line.substring(0, 3)), lines);
            }
        }
    }

    public void startTls() throws IOException {
        expect(command("STARTTLS"), 220);
        wire.startTls();
        expect(command("EHLO client.example"), 250);
    }

    public Reply login(String user, String password) throws IOException {
        String secret = "\0" + user + "\0" + password;
        return command("AUTH PLAIN " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends a message to one recipient; the answer is the first refusal, or the reply to the final dot. */
    public Reply send(String sender, String recipient, byte[] message) throws IOException {
        Reply reply = command("MAIL FROM:<" + sender + "> BODY=8BITMIME");
        if (reply.positive()) {
            reply = command("RCPT TO:<" + recipient + ">");
        }
        if (reply.positive()) {
            reply = command("DATA");
        }
        if (!reply.positive()) {
            command("RSET");
            return reply;
        }
        wire.write(dotStuffed(message));
        wire.flush();
        return read();
    }

    /** The form in which DATA carries a message (RFC 5321 §4.5.2), the end included. */
    public static byte[] dotStuffed(byte[] message) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(message.length + 64);
        boolean lineStart = true;
        for (int i = 0; i < message.length; i++) {
            if (lineStart && message[i] == '.') {
                data.write('.');
            }
            data.write(message[i]);
            lineStart = message[i] == '\n' && i > 0 && message[i - 1] == '\r';
        }
        data.writeBytes((lineStart ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
        return data.toByteArray();
    }

    private void expect(Reply reply, int code) throws IOException {
        if (reply.code() != code) {
            throw new IOException("expected " + code + ", got " + reply);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
