package cz.digidig.smtp.dsn;

import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.MailCommand.Return;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.protocol.Xtext;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Target;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says that a message could not be delivered, or not yet (RFC 3464; multipart/report: RFC 6522; internationalised: RFC 6533). */
public final class FailureReport {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String FALLBACK_STATUS = "5.0.0";

    private final Kind kind;
    private final String hostname;
    private final String id;
    private final Instant now;

    /** What a report says. */
    public sealed interface Kind {
        /** It is over. */
        record Failed() implements Kind {}

        /** It goes on, until a time. */
        record Delayed(Instant until) implements Kind {}
    }

    /**
     * A report that is yet to be written.
     *
     * @param kind what it says
     * @param hostname who reports
     * @param id the report's own queue id
     * @param now when
     */
    public FailureReport(Kind kind, String hostname, String id, Instant now) {
        this.kind = kind;
        this.hostname = hostname;
        this.id = id;
        this.now = now;
    }

    /**
     * One recipient's failure.
     *
     * @param recipient as the sender named it
     * @param target where it was to go
     * @param diagnostic an enhanced status code and a text
     */
    public record Failure(Recipient recipient, Target target, String diagnostic) {
        /** A server's answer, as {@code client} writes it: who, to what, and the reply. */
        private static final Pattern ANSWER =
                Pattern.compile("(\\S+) \\[[^\\]]+\\] said [^:]*: ([245]\\d\\d.*)", Pattern.DOTALL);

        String status() {
            return EnhancedStatus.startOf(diagnostic)
                    .map(EnhancedStatus::toString)
                    .orElse(FALLBACK_STATUS);
        }

        String text() {
            return diagnostic.startsWith(status())
                    ? diagnostic.substring(status().length()).strip()
                    : diagnostic;
        }

        /** {@code Remote-MTA} and {@code Diagnostic-Code} (RFC 3464 §2.3.5, §2.3.6). */
        String fields() {
            Matcher answer = ANSWER.matcher(text());
            return answer.matches()
                    ? "Remote-MTA: dns; " + line(answer.group(1)) + "\r\nDiagnostic-Code: smtp; "
                            + line(answer.group(2)) + "\r\n"
                    : "Diagnostic-Code: X-DIGiDIG; " + line(text()) + "\r\n";
        }
    }

    /**
     * Writes it.
     *
     * @param beginning the original's octets, or as many of them as may be returned
     * @param octets the original's whole size
     */
    public byte[] write(
            Envelope envelope, ReversePath.Mailbox sender, List<Failure> failures, byte[] beginning, long octets) {
        String boundary = "=_" + id + "_" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX);
        boolean utf8 = envelope.smtpUtf8();
        boolean whole = kind instanceof Kind.Failed && envelope.ret() == Return.FULL && beginning.length == octets;
        ByteArrayOutputStream out = new ByteArrayOutputStream(beginning.length / 2 + 4096);
        text(out, header(sender, boundary));
        text(out, "\r\n--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\n");
        text(out, "Content-Transfer-Encoding: 8bit\r\n\r\n" + explanation(failures));
        text(out, "\r\n--" + boundary + "\r\nContent-Type: message/" + (utf8 ? "global-" : "") + "delivery-status\r\n");
        text(out, "\r\n" + statuses(envelope, failures, utf8));
        String type = whole
                ? (utf8 ? "message/global" : "message/rfc822")
                : (utf8 ? "message/global-headers" : "text/rfc822-headers");
        text(out, "\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\n\r\n");
        out.write(beginning, 0, whole ? beginning.length : headerLength(beginning));
        text(out, "\r\n--" + boundary + "--\r\n");
        return out.toByteArray();
    }

    private String header(ReversePath.Mailbox sender, String boundary) {
        return "Date: " + DATE.format(now) + "\r\n"
                + "From: Mail Delivery System <postmaster@" + hostname + ">\r\n"
                + "To: <" + sender + ">\r\n"
                + "Subject: " + subject() + "\r\n"
                + "Message-ID: <" + id + "@" + hostname + ">\r\n"
                + "Auto-Submitted: auto-replied\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"" + boundary + "\"\r\n";
    }

    private String subject() {
        return switch (kind) {
            case Kind.Failed _ -> "Undelivered mail returned to its sender";
            case Kind.Delayed _ -> "Delayed mail (still being tried)";
        };
    }

    private String explanation(List<Failure> failures) {
        StringBuilder text = new StringBuilder(400);
        text.append("This is the mail system at ").append(hostname).append(".\r\n\r\n");
        text.append(
                switch (kind) {
                    case Kind.Failed _ -> "Your message could not be delivered to:\r\n\r\n";
                    case Kind.Delayed delayed ->
                        "Your message could not be delivered yet. You need not send it again: it is tried until\r\n"
                                + DATE.format(delayed.until()) + ". It waits for:\r\n\r\n";
                });
        for (Failure failure : failures) {
            text.append("    <").append(failure.recipient().address()).append(">\r\n        ");
            text.append(line(failure.text()))
                    .append(" (")
                    .append(failure.status())
                    .append(")\r\n\r\n");
        }
        return text.append("What was sent, or its header, is attached.\r\n").toString();
    }

    private String statuses(Envelope envelope, List<Failure> failures, boolean utf8) {
        StringBuilder text = new StringBuilder(400);
        text.append("Reporting-MTA: dns; ").append(hostname).append("\r\n");
        if (!envelope.envelopeId().isEmpty()) {
            text.append("Original-Envelope-Id: ")
                    .append(line(Xtext.decode(envelope.envelopeId())))
                    .append("\r\n");
        }
        text.append("Arrival-Date: ").append(DATE.format(envelope.received())).append("\r\n");
        for (Failure failure : failures) {
            text.append("\r\n");
            String original = failure.recipient().original();
            int semicolon = original.indexOf(';');
            if (semicolon > 0) {
                String type = original.substring(0, semicolon);
                String address = original.substring(semicolon + 1);
                text.append("Original-Recipient: ").append(type).append("; ");
                text.append(line(type.equalsIgnoreCase("utf-8") ? address : Xtext.decode(address)));
                text.append("\r\n");
            }
            text.append("Final-Recipient: ").append(utf8 ? "utf-8" : "rfc822").append("; ");
            text.append(failure.recipient().address()).append("\r\n");
            text.append("Action: ").append(kind instanceof Kind.Delayed ? "delayed" : "failed");
            text.append("\r\nStatus: ").append(failure.status()).append("\r\n").append(failure.fields());
            if (kind instanceof Kind.Delayed delayed) {
                text.append("Will-Retry-Until: ")
                        .append(DATE.format(delayed.until()))
                        .append("\r\n");
            }
        }
        return text.toString();
    }

    /** Text that came from elsewhere must not become a field of its own. */
    private static String line(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            safe.append(c < ' ' || c == 0x7f ? ' ' : c);
        }
        return safe.toString();
    }

    private static int headerLength(byte[] message) {
        for (int i = 0; i + 3 < message.length; i++) {
            if (message[i] == '\r' && message[i + 1] == '\n' && message[i + 2] == '\r' && message[i + 3] == '\n') {
                return i + 2;
            }
        }
        return message.length;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.write(octets, 0, octets.length);
    }
}
