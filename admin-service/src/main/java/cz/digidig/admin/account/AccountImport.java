package cz.digidig.admin.account;

import cz.digidig.admin.backend.Answer;
import cz.digidig.admin.backend.Calls;
import cz.digidig.admin.backend.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One import: read and judged first, carried out when it is told to, on a thread of its own; it may be watched and stopped. */
final class AccountImport {
    /** What becomes of a row that could not be made. */
    record Failure(AccountRow row, String why) {}

    private static final int AT_ONCE = 1000;
    private static final int SIDE_BY_SIDE = 4;

    private final String owner;
    private final List<AccountRow> rows;
    private final AtomicInteger done = new AtomicInteger();
    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private volatile boolean started;
    private volatile boolean stopped;
    private volatile boolean ended;

    AccountImport(String owner, List<AccountRow> rows) {
        this.owner = owner;
        this.rows = List.copyOf(rows);
    }

    boolean isOf(String person) {
        return owner.equals(person);
    }

    public List<AccountRow> bad() {
        return rows.stream().filter(row -> !row.good()).toList();
    }

    public List<AccountRow> good() {
        return rows.stream().filter(AccountRow::good).toList();
    }

    public int made() {
        return done.get() - failures.size();
    }

    public int done() {
        return done.get();
    }

    public List<Failure> failures() {
        return failures.stream()
                .sorted(Comparator.comparingInt(failure -> failure.row().line()))
                .toList();
    }

    public boolean started() {
        return started;
    }

    public boolean stopped() {
        return stopped;
    }

    public boolean ended() {
        return ended;
    }

    void stop() {
        stopped = true;
    }

    /** Marks rows whose account or whose domain identity would refuse, without making anything. */
    static List<AccountRow> judged(List<AccountRow> rows, Calls calls, List<String> domains) {
        Set<String> taken = taken(rows, calls);
        List<AccountRow> judged = new ArrayList<>();
        for (AccountRow row : rows) {
            String email = row.form().email();
            String domain = email.substring(email.lastIndexOf('@') + 1);
            if (!row.good()) {
                judged.add(row);
            } else if (domains.stream().noneMatch(domain::equalsIgnoreCase)) {
                judged.add(row.refused("domain"));
            } else if (taken.contains(email)) {
                judged.add(row.refused("exists"));
            } else {
                judged.add(row);
            }
        }
        return judged;
    }

    /** One question for many rows: a file of a thousand is judged in a moment. */
    private static Set<String> taken(List<AccountRow> rows, Calls calls) {
        List<String> asked = rows.stream()
                .filter(AccountRow::good)
                .map(row -> row.form().email())
                .toList();
        Set<String> taken = new HashSet<>();
        for (int from = 0; from < asked.size(); from += AT_ONCE) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode addresses = body.putArray("addresses");
            asked.subList(from, Math.min(asked.size(), from + AT_ONCE)).forEach(addresses::add);
            calls.post(Service.IDENTITY, "/api/accounts/taken", body)
                    .orThrow()
                    .path("taken")
                    .forEach(address -> taken.add(address.asString("")));
        }
        return taken;
    }

    /** Makes the accounts, once. */
    synchronized void start(Calls calls) {
        if (started) {
            return;
        }
        started = true;
        Thread.ofVirtual().name("account-import").start(() -> run(calls));
    }

    /** Several at once: identity takes most of the time to hash a password, and has more than one processor. */
    private void run(Calls calls) {
        Queue<AccountRow> rest = new ConcurrentLinkedQueue<>(good());
        try (ExecutorService makers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SIDE_BY_SIDE; i++) {
                makers.execute(() -> make(rest, calls));
            }
        }
        ended = true;
    }

    private void make(Queue<AccountRow> rest, Calls calls) {
        for (AccountRow row = rest.poll(); row != null && !stopped; row = rest.poll()) {
            switch (calls.post(Service.IDENTITY, "/api/accounts", row.form().creation())) {
                case Answer.Done _ -> {}
                case Answer.Refused refused ->
                    failures.add(new Failure(
                            row,
                            refused.fields().isEmpty()
                                    ? refused.detail()
                                    : refused.fields().getFirst().message()));
                case Answer.Away away -> failures.add(new Failure(row, away.why()));
            }
            done.incrementAndGet();
        }
    }
}
