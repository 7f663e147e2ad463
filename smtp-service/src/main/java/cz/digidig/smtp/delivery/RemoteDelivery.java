package cz.digidig.smtp.delivery;

import cz.digidig.smtp.client.Outcome;
import cz.digidig.smtp.client.RemoteHost;
import cz.digidig.smtp.client.SmtpClient;
import cz.digidig.smtp.client.Transaction;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.routing.MailRouting;
import cz.digidig.smtp.routing.Route;
import cz.digidig.smtp.spool.Attempt;
import cz.digidig.smtp.spool.Envelope;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Instant;
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
    private final Clock clock;

    RemoteDelivery(Spool spool, MailRouting routing, SmtpClient client, OutgoingFields fields, Clock clock) {
        this.clock = clock;
        this.spool = spool;
        this.routing = routing;
        this.client = client;
        this.fields = fields;
    }

    /** The name of the way that a destination's mail goes; what has the same may go in one transaction. */
    String way(QueuedMessage message, Destination destination) {
        return routing.way(message.envelope().from(), destination.target().text());
    }

    /** What came of it: for each destination in the end, and with each server. */
    record Tried(Map<Integer, Outcome> outcomes, List<Attempt> attempts) {
        Tried() {
            this(new HashMap<>(), new ArrayList<>());
        }

        private void note(Destination destination, Outcome outcome, Instant at) {
            outcomes.put(destination.index(), outcome);
            attempts.add(
                    new Attempt(destination.index(), at, result(outcome), outcome.status() + " " + outcome.text()));
        }

        private static Attempt.Result result(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Delivered _ -> Attempt.Result.DELIVERED;
                case Outcome.Deferred _ -> Attempt.Result.DEFERRED;
                case Outcome.Uncertain _ -> Attempt.Result.UNCERTAIN;
                case Outcome.Refused _, Outcome.HostRefused _ -> Attempt.Result.REFUSED;
            };
        }
    }

    /** Tries. */
    Tried attempt(QueuedMessage message, List<Destination> destinations) {
        // All went the same way when they were leased; the settings may have changed since.
        Map<String, List<Destination>> ways = new LinkedHashMap<>();
        destinations.forEach(destination -> ways.computeIfAbsent(way(message, destination), _ -> new ArrayList<>())
                .add(destination));
        Tried tried = new Tried();
        ways.values().forEach(same -> attemptOneWay(message, same, tried));
        return tried;
    }

    /** What different aliases lead to gets different headers, so it is sent apart. */
    private void attemptOneWay(QueuedMessage message, List<Destination> destinations, Tried tried) {
        Map<String, List<Destination>> aliases = new LinkedHashMap<>();
        destinations.forEach(
                destination -> aliases.computeIfAbsent(OutgoingFields.alias(destination), _ -> new ArrayList<>())
                        .add(destination));
        aliases.forEach((alias, same) -> {
            switch (fields.of(message, alias)) {
                case OutgoingFields.Answer.Stopped stopped -> all(same, stopped.outcome(), tried);
                case OutgoingFields.Answer.Fields top -> send(message, same, top.octets(), tried);
            }
        });
    }

    private void send(QueuedMessage message, List<Destination> destinations, byte[] top, Tried tried) {
        Route route = routing.route(
                message.envelope().from(), destinations.getFirst().target().text());
        switch (route) {
            case Route.Nowhere nowhere ->
                all(destinations, new Outcome.Refused(nowhere.status(), nowhere.why()), tried);
            case Route.Unknown unknown ->
                all(destinations, new Outcome.Deferred(unknown.status(), unknown.why()), tried);
            case Route.Hosts hosts -> attempt(message, destinations, top, hosts.hosts(), tried);
        }
    }

    private void all(List<Destination> destinations, Outcome outcome, Tried tried) {
        destinations.forEach(destination -> tried.note(destination, outcome, clock.instant()));
    }

    /** One server after the other, as long as somebody is left whom another may help (RFC 5321 §5.1). */
    private void attempt(
            QueuedMessage message, List<Destination> destinations, byte[] top, List<RemoteHost> hosts, Tried tried) {
        List<Destination> left = destinations;
        for (RemoteHost host : hosts) {
            List<Outcome> found = client.deliver(host, transaction(message, left, top));
            List<Destination> still = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                tried.note(left.get(i), found.get(i), clock.instant());
                if (found.get(i) instanceof Outcome.Deferred || found.get(i) instanceof Outcome.HostRefused) {
                    still.add(left.get(i));
                }
            }
            left = still;
            if (left.isEmpty()) {
                break;
            }
        }
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

    /** What a failure of our own comes to. */
    Tried unexpected(List<Destination> destinations) {
        Tried tried = new Tried();
        all(destinations, new Outcome.Deferred(EnhancedStatus.SYSTEM_TROUBLE, "an unexpected failure"), tried);
        return tried;
    }
}
