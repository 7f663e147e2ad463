package cz.digidig.smtp.client;

import cz.digidig.smtp.protocol.DotEncoder;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.protocol.MailCommand.Return;
import cz.digidig.smtp.protocol.MessageInspection;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One transaction in a session: MAIL, RCPT, DATA (RFC 5321 §3.3), and what came of it for each recipient. */
final class Conversation {
    private static final int CHUNK = 64 * 1024;
    /** Commands sent before their replies are read: what both sides' buffers hold for certain (RFC 2920 §3.1). */
    private static final int MOST_AHEAD = 50;

    private final RemoteSession session;
    private final Transaction transaction;
    private final List<@Nullable Outcome> outcomes;
    private String mailCommand = "";
    private boolean answered;

    Conversation(RemoteSession session, Transaction transaction) {
        this.session = session;
        this.transaction = transaction;
        this.outcomes =
                new ArrayList<>(Collections.nCopies(transaction.recipients().size(), null));
    }

    /** The message can't be read here: nobody else's fault. */
    private static final class SpoolFailure extends IOException {
        SpoolFailure(IOException cause) {
            super(cause);
        }
    }

    /** Whether the server answered MAIL; if not, an old connection may have been closed by it long since. */
    boolean answered() {
        return answered;
    }

    /** Runs it. The session is closed where it can't go on. */
    List<Outcome> run() {
        try {
            if (prepared()) {
                exchange();
            }
        } catch (SpoolFailure failed) {
            session.close();
            fill(new Outcome.Deferred(EnhancedStatus.SYSTEM_TROUBLE, "the message can't be read from the spool"));
        } catch (IOException failed) {
            session.close();
            fill(session.trouble("the transaction", failed));
        }
        List<Outcome> all = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            all.add(
                    outcome == null
                            ? new Outcome.Deferred(EnhancedStatus.PROTOCOL_TROUBLE, session.host() + " did not answer")
                            : outcome);
        }
        return all;
    }

    private void fill(Outcome outcome) {
        outcomes.replaceAll(known -> known == null ? outcome : known);
    }

    /** Whether the message can go to this server at all; writes the MAIL command. */
    private boolean prepared() throws IOException {
        Capabilities capabilities = session.capabilities();
        if (transaction.octets() > capabilities.mostOctets()) {
            fill(new Outcome.Refused(
                    EnhancedStatus.MESSAGE_TOO_BIG,
                    session.host() + " takes at most " + capabilities.mostOctets() + " octets (RFC 1870)"));
            return false;
        }
        boolean utf8 = transaction.smtpUtf8() && capabilities.smtpUtf8();
        boolean mustInspect = (transaction.smtpUtf8() && !capabilities.smtpUtf8())
                || (transaction.body() == Body.EIGHT_BIT_MIME && !capabilities.eightBitMime());
        if (mustInspect && !fits(inspect())) {
            return false;
        }
        StringBuilder mail =
                new StringBuilder("MAIL FROM:<").append(transaction.from()).append('>');
        if (capabilities.size()) {
            mail.append(" SIZE=").append(transaction.octets());
        }
        boolean eightBit = transaction.body() == Body.EIGHT_BIT_MIME || utf8;
        if (eightBit && capabilities.eightBitMime()) {
            mail.append(" BODY=8BITMIME");
        }
        if (utf8) {
            mail.append(" SMTPUTF8");
        }
        if (capabilities.dsn()) {
            if (transaction.ret() != Return.UNSAID) {
                mail.append(transaction.ret() == Return.FULL ? " RET=FULL" : " RET=HDRS");
            }
            if (!transaction.envelopeId().isEmpty()) {
                mail.append(" ENVID=").append(transaction.envelopeId());
            }
        }
        mailCommand = mail.toString();
        return true;
    }

    /** What the message's octets need. */
    private record Needs(boolean utf8Header, boolean eightBit) {}

    private Needs inspect() throws SpoolFailure {
        MessageInspection header = new MessageInspection();
        MessageInspection all = new MessageInspection();
        byte[] chunk = new byte[CHUNK];
        int matched = 0;
        try (InputStream content = transaction.content().open()) {
            for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
                int end = 0;
                while (matched < 4 && end < count) {
                    byte expected = (byte) (matched % 2 == 0 ? '\r' : '\n');
                    matched = chunk[end] == expected ? matched + 1 : chunk[end] == '\r' ? 1 : 0;
                    end++;
                }
                header.feed(chunk, 0, end);
                all.feed(chunk, 0, count);
            }
        } catch (IOException failed) {
            throw new SpoolFailure(failed);
        }
        return new Needs(header.eightBit(), all.eightBit());
    }

    /** Refuses what this server can't carry (RFC 6531 §3.5, RFC 6152 §3); false: nobody is left. */
    private boolean fits(Needs needs) {
        Capabilities capabilities = session.capabilities();
        if (transaction.smtpUtf8() && !capabilities.smtpUtf8()) {
            Outcome refused = new Outcome.Refused(
                    EnhancedStatus.NEEDS_UTF8, session.host() + " takes no internationalised mail (SMTPUTF8)");
            if (needs.utf8Header() || !ascii(transaction.from().toString())) {
                fill(refused);
                return false;
            }
            for (int i = 0; i < outcomes.size(); i++) {
                if (!ascii(transaction.recipients().get(i).address())) {
                    outcomes.set(i, refused);
                }
            }
        }
        if (needs.eightBit() && !capabilities.eightBitMime()) {
            fill(new Outcome.Refused(
                    EnhancedStatus.NEEDS_EIGHT_BIT, session.host() + " takes no 8-bit mail (8BITMIME)"));
        }
        return outcomes.contains(null);
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private void exchange() throws IOException {
        List<Integer> open = open();
        boolean ahead = session.capabilities().pipelining();
        session.connection().within(session.limits().mail());
        session.send(mailCommand);
        int sent = 0;
        while (ahead && sent < Math.min(open.size(), MOST_AHEAD)) {
            session.send(rcpt(open.get(sent++)));
        }
        session.connection().out().flush();
        RemoteReply mail = RemoteReply.read(session.connection().in());
        // 421 may have been sent long before, to a connection that was kept.
        answered = mail.code() != 421;
        if (!mail.positive()) {
            fill(outcome("MAIL", mail));
            for (int i = 0; i < sent && answered; i++) {
                session.connection().within(session.limits().rcpt());
                RemoteReply.read(session.connection().in());
            }
            finish(mail);
            return;
        }
        List<Integer> accepted = recipients(open, sent);
        if (accepted.isEmpty()) {
            reset();
        } else {
            data(accepted);
        }
    }

    private List<Integer> open() {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) == null) {
                open.add(i);
            }
        }
        return open;
    }

    /** Those whom the server takes. */
    private List<Integer> recipients(List<Integer> open, int alreadySent) throws IOException {
        List<Integer> accepted = new ArrayList<>();
        int sent = alreadySent;
        int ahead = session.capabilities().pipelining() ? MOST_AHEAD : 1;
        for (int i = 0; i < open.size(); i++) {
            session.connection().within(session.limits().rcpt());
            if (i == sent) {
                while (sent < Math.min(open.size(), i + ahead)) {
                    session.send(rcpt(open.get(sent++)));
                }
                session.connection().out().flush();
            }
            RemoteReply reply = RemoteReply.read(session.connection().in());
            if (reply.positive()) {
                accepted.add(open.get(i));
            } else {
                outcomes.set(open.get(i), outcome("RCPT", reply));
                if (reply.code() == 421) {
                    throw new IOException(reply.text());
                }
            }
        }
        return accepted;
    }

    private String rcpt(int index) {
        Transaction.To to = transaction.recipients().get(index);
        StringBuilder rcpt = new StringBuilder("RCPT TO:<").append(to.address()).append('>');
        if (session.capabilities().dsn()) {
            if (!to.notifyOn().isEmpty()) {
                rcpt.append(" NOTIFY=")
                        .append(to.notifyOn().stream()
                                .map(Notify::name)
                                .sorted()
                                .collect(Collectors.joining(",")));
            }
            if (!to.original().isEmpty()
                    && (ascii(to.original()) || session.capabilities().smtpUtf8())) {
                rcpt.append(" ORCPT=").append(to.original());
            }
        }
        return rcpt.toString();
    }

    private void data(List<Integer> accepted) throws IOException {
        // Opened before: after 354 there is no way back but to drop the connection.
        try (InputStream content = content()) {
            session.connection().within(session.limits().data());
            session.send("DATA");
            session.connection().out().flush();
            RemoteReply go = RemoteReply.read(session.connection().in());
            if (go.code() != 354) {
                fill(go.positive() ? odd("DATA", go) : outcome("DATA", go));
                finish(go);
                return;
            }
            send(content);
        }
        session.connection().within(session.limits().dataEnd());
        RemoteReply reply;
        try {
            reply = RemoteReply.read(session.connection().in());
        } catch (IOException lost) {
            session.close();
            Outcome unknown = new Outcome.Uncertain(
                    EnhancedStatus.TIMED_OUT,
                    session.trouble("the end of the message", lost).text());
            accepted.forEach(index -> outcomes.set(index, unknown));
            return;
        }
        Outcome outcome = outcome("the message", reply);
        accepted.forEach(index -> outcomes.set(index, outcome));
        finish(reply);
    }

    private InputStream content() throws SpoolFailure {
        try {
            return transaction.content().open();
        } catch (IOException failed) {
            throw new SpoolFailure(failed);
        }
    }

    private void send(InputStream content) throws IOException {
        DotEncoder encoder = new DotEncoder(session.connection().out());
        byte[] chunk = new byte[Math.clamp(transaction.octets(), 1, CHUNK)];
        long octets = 0;
        for (int count = next(content, chunk); count >= 0; count = next(content, chunk)) {
            session.connection().within(session.limits().block());
            encoder.encode(chunk, 0, count);
            octets += count;
        }
        if (octets != transaction.octets()) {
            throw new SpoolFailure(new IOException("the message has changed its size"));
        }
        encoder.finish();
        session.connection().out().flush();
    }

    private static int next(InputStream content, byte[] chunk) throws SpoolFailure {
        try {
            return content.read(chunk);
        } catch (IOException failed) {
            throw new SpoolFailure(failed);
        }
    }

    private Outcome outcome(String verb, RemoteReply reply) {
        String text = session.said(verb, reply);
        if (reply.positive()) {
            String protection = session.connection().protection();
            return new Outcome.Delivered(
                    reply.status(), protection.isEmpty() ? text : text + " (" + protection + ")", protection);
        }
        if (reply.lasting()) {
            return new Outcome.Refused(reply.status(), text);
        }
        return new Outcome.Deferred(reply.transientFailure() ? reply.status() : EnhancedStatus.PROTOCOL_TROUBLE, text);
    }

    /** A reply that has no place here: what else the server believes is anybody's guess. */
    private Outcome odd(String verb, RemoteReply reply) {
        session.close();
        return new Outcome.Deferred(EnhancedStatus.PROTOCOL_TROUBLE, session.said(verb, reply));
    }

    /** After a transaction: what the session is good for. */
    private void finish(RemoteReply last) throws IOException {
        if (last.code() == 421) {
            session.close();
        } else if (!last.positive()) {
            reset();
        }
    }

    private void reset() throws IOException {
        session.connection().within(session.limits().quit());
        session.send("RSET");
        session.connection().out().flush();
        if (!RemoteReply.read(session.connection().in()).positive()) {
            session.close();
        }
    }
}
