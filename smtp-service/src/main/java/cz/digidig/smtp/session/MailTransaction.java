package cz.digidig.smtp.session;

import cz.digidig.smtp.policy.Arrival;
import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.spool.Recipient;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message under way: its sender, the recipients accepted so far, and what BDAT brought of it. */
public final class MailTransaction {
    private final MailCommand mail;
    private final Map<String, Recipient> recipients = new LinkedHashMap<>();
    private @Nullable Arrival arrival;
    private @Nullable IncomingMessage incoming;

    public MailTransaction(MailCommand mail) {
        this.mail = mail;
    }

    public MailCommand mail() {
        return mail;
    }

    public Collection<Recipient> recipients() {
        return recipients.values();
    }

    /** Adds a recipient; one that was given before counts once. */
    public void add(String key, Recipient recipient) {
        recipients.put(key, recipient);
    }

    /** What the checks know of it; null: it is a user's, who is not checked so. */
    public @Nullable Arrival arrival() {
        return arrival;
    }

    public void arrival(Arrival checked) {
        arrival = checked;
    }

    /** What chunks brought; null before the first. */
    public @Nullable IncomingMessage incoming() {
        return incoming;
    }

    public void incoming(IncomingMessage begun) {
        incoming = begun;
    }

    /** Drops what came. */
    public void abandon() throws IOException {
        if (incoming != null) {
            incoming.close();
        }
    }
}
