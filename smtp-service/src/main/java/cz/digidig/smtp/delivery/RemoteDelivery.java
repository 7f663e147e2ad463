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

    RemoteDelivery(Spool spool, MailRouting routing, SmtpClient client) {
        this.spool = spool;
        this.routing = routing;
        this.client = client;
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

    private Map<Integer, Outcome> attemptOneWay(QueuedMessage message, List<Destination> destinations) {
        Route route = routing.route(
                message.envelope().from(), destinations.getFirst().target().text());
        return switch (route) {
            case Route.Nowhere nowhere -> all(destinations, new Outcome.Refused(nowhere.status(), nowhere.why()));
            case Route.Unknown unknown -> all(destinations, new Outcome.Deferred(unknown.status(), unknown.why()));
            case Route.Hosts hosts -> attempt(message, destinations, hosts.hosts());
        };
    }

    private static Map<Integer, Outcome> all(List<Destination> destinations, Outcome outcome) {
        Map<Integer, Outcome> all = new HashMap<>();
        destinations.forEach(destination -> all.put(destination.index(), outcome));
        return all;
    }

    /** One server after the other, as long as somebody is left whom another may help (RFC 5321 §5.1). */
    private Map<Integer, Outcome> attempt(
            QueuedMessage message, List<Destination> destinations, List<RemoteHost> hosts) {
        Map<Integer, Outcome> outcomes = new HashMap<>();
        List<Destination> left = destinations;
        for (RemoteHost host : hosts) {
            List<Outcome> found = client.deliver(host, transaction(message, left));
            List<Destination> still = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                outcomes.put(left.get(i).index(), found.get(i));
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

    private Transaction transaction(QueuedMessage message, List<Destination> destinations) {
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
                message.octets(),
                () -> spool.content(message));
    }

    /** Of a failure of our own. */
    static Outcome unexpected() {
        return new Outcome.Deferred(EnhancedStatus.SYSTEM_TROUBLE, "an unexpected failure");
    }
}
