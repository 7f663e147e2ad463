package cz.digidig.smtp.command;

import cz.digidig.smtp.protocol.HelloCommand;
import cz.digidig.smtp.session.MailTransaction;
import cz.digidig.smtp.session.SmtpSession;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.Recipient;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.net.ssl.SSLSession;

/** The Received field that is put before a message (RFC 5321 §4.4; the protocol's names: RFC 3848, RFC 6531 §4.3). */
final class TraceHeader {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TraceHeader() {}

    static byte[] received(SmtpSession session, HelloCommand hello, MailTransaction mail, QueueId id, Instant now) {
        StringBuilder field = new StringBuilder(300);
        field.append("Received: from ")
                .append(hello.name())
                .append(" (")
                .append(literal(session.client()))
                .append(")\r\n");
        session.connection()
                .tlsSession()
                .ifPresent(tls -> field.append('\t').append(tls(tls)).append("\r\n"));
        field.append("\tby ")
                .append(session.settings().hostname())
                .append(" with ")
                .append(protocol(session, hello, mail))
                .append(" id ")
                .append(id);
        if (mail.recipients().size() == 1) {
            // Of several, each would see the others.
            Recipient only = mail.recipients().iterator().next();
            if (mail.mail().smtpUtf8() || only.address().chars().allMatch(c -> c < 0x80)) {
                field.append("\r\n\tfor <").append(only.address()).append('>');
            }
        }
        field.append(";\r\n\t").append(DATE.format(now)).append("\r\n");
        return field.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A time as in header fields (RFC 5322 §3.3). */
    static String date(Instant time) {
        return DATE.format(time);
    }

    private static String literal(InetAddress address) {
        return address instanceof Inet6Address
                ? "[IPv6:" + address.getHostAddress().replaceFirst("%.*", "") + "]"
                : "[" + address.getHostAddress() + "]";
    }

    private static String tls(SSLSession tls) {
        return "(using " + tls.getProtocol() + " with cipher " + tls.getCipherSuite() + ")";
    }

    private static String protocol(SmtpSession session, HelloCommand hello, MailTransaction mail) {
        if (!hello.extended()) {
            return "SMTP";
        }
        String name = mail.mail().smtpUtf8() ? "UTF8SMTP" : "ESMTP";
        String secure = session.connection().secure() ? "S" : "";
        return name + secure + (session.account().isPresent() ? "A" : "");
    }
}
