package cz.digidig.smtp.delivery;

import cz.digidig.smtp.client.Outcome;
import cz.digidig.smtp.client.RemoteHost;
import cz.digidig.smtp.client.SmtpClient;
import cz.digidig.smtp.client.Transaction;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.routing.MailRouting;
import cz.digidig.smtp.routing.Route;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One attempt to hand a message to the servers of one domain, or to a smart host. */
final class RemoteDelivery {
    private final Spool spool;
    private final MailRouting routing;
    private final SmtpClient client;
    private final OutgoingFields fields;
    private final AttemptLog attempts;

    RemoteDelivery(Spool spool, MailRouting routing, SmtpClient client, OutgoingFields fields, AttemptLog attempts) {
        this.attempts = attempts;
        this.spool = spool;
        this.routing = routing;
        this.client = client;
        this.fields = fields;
    }

    /** The name of the way that a destination's mail goes; what has the same may go in one transaction. */
    String way(QueuedMessage message, Destination destination) {
        return routing.way(message.envelope().from(), destination.target().text());
    }

    /** Tries; what came of it for each destination. */
    Map<Integer, Outcome> attempt(QueuedMessage message, List<Destination> destinations) {
        // All went the same way when they were leased; the settings may have changed since.
        Map<String, List<Destination>> ways = new LinkedHashMap<>();
        destinations.forEach(destination -> ways.computeIfAbsent(way(message, destination), _ -> new ArrayList<>())
                .add(destination));
        Map<Integer, Outcome> outcomes = new HashMap<>();
        ways.values().forEach(same -> outcomes.putAll(attemptOneWay(message, same)));
        return outcomes;
    }

    /** What different aliases lead to gets different headers, so it is sent apart. */
    private Map<Integer, Outcome> attemptOneWay(QueuedMessage message, List<Destination> destinations) {
        Map<String, List<Destination>> aliases = new LinkedHashMap<>();
        destinations.forEach(
                destination -> aliases.computeIfAbsent(OutgoingFields.alias(destination), _ -> new ArrayList<>())
                        .add(destination));
        Map<Integer, Outcome> outcomes = new HashMap<>();
        aliases.forEach((alias, same) -> outcomes.putAll(
                switch (fields.of(message, alias)) {
                    case OutgoingFields.Answer.Stopped stopped -> all(message, same, stopped.outcome());
                    case OutgoingFields.Answer.Fields top -> send(message, same, top.octets());
                }));
        return outcomes;
    }

    private Map<Integer, Outcome> send(QueuedMessage message, List<Destination> destinations, byte[] top) {
        Route route = routing.route(
                message.envelope().from(), destinations.getFirst().target().text());
        return switch (route) {
            case Route.Nowhere nowhere ->
                all(message, destinations, new Outcome.Refused(nowhere.status(), nowhere.why()));
            case Route.Unknown unknown ->
                all(message, destinations, new Outcome.Deferred(unknown.status(), unknown.why()));
            case Route.Hosts hosts -> attempt(message, destinations, top, hosts.hosts());
        };
    }

    private Map<Integer, Outcome> all(QueuedMessage message, List<Destination> destinations, Outcome outcome) {
        Map<Integer, Outcome> all = new HashMap<>();
        for (Destination destination : destinations) {
            all.put(destination.index(), outcome);
            note(message, destination, outcome);
        }
        return all;
    }

    private void note(QueuedMessage message, Destination destination, Outcome outcome) {
        String result =
                switch (outcome) {
                    case Outcome.Delivered _ -> "delivered";
                    case Outcome.Deferred _ -> "deferred";
                    case Outcome.Uncertain _ -> "uncertain";
                    case Outcome.Refused _, Outcome.HostRefused _ -> "refused";
                };
        attempts.add(message.id(), destination.index(), result, outcome.status() + " " + outcome.text());
    }

    /** One server after the other, as long as somebody is left whom another may help (RFC 5321 §5.1). */
    private Map<Integer, Outcome> attempt(
            QueuedMessage message, List<Destination> destinations, byte[] top, List<RemoteHost> hosts) {
        Map<Integer, Outcome> outcomes = new HashMap<>();
        List<Destination> left = destinations;
        for (RemoteHost host : hosts) {
            List<Outcome> found = client.deliver(host, transaction(message, left, top));
            List<Destination> still = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                outcomes.put(left.get(i).index(), found.get(i));
                note(message, left.get(i), found.get(i));
                if (found.get(i) instanceof Outcome.Deferred || found.get(i) instanceof Outcome.HostRefused) {
                    still.add(left.get(i));
                }
            }
            left = still;
            if (left.isEmpty()) {
                break;
            }
        }
        return outcomes;
    }

    private Transaction transaction(QueuedMessage message, List<Destination> destinations, byte[] top) {
        Envelope envelope = message.envelope();
        return new Transaction(
                envelope.from(),
                envelope.smtpUtf8(),
                envelope.body(),
                envelope.ret(),
                envelope.envelopeId(),
                destinations.stream()
                        .map(destination -> new Transaction.To(
                                destination.target().text(),
                                destination.recipient().notifyOn(),
                                destination.recipient().original()))
                        .toList(),
                top.length + message.octets(),
                () -> new SequenceInputStream(new ByteArrayInputStream(top), spool.content(message)));
    }

    /** Of a failure of our own. */
    static Outcome unexpected() {
        return new Outcome.Deferred(EnhancedStatus.SYSTEM_TROUBLE, "an unexpected failure");
    }
}
