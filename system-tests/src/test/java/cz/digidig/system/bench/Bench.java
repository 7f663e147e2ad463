package cz.digidig.system.bench;

import cz.digidig.system.client.ImapClient;
import cz.digidig.system.client.SmtpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends mails of 4 KB to one account of a running suite by MX, reads them back by IMAP, deletes them, prints a table.
 * Its figures are of the suite and the load on one machine: compare them with one another, not with other machines'.
 *
 * <p>Arguments: {@code --mx PORT --imaps PORT --address ADDRESS [--mails N] [--connections N]}; the password comes by
 * {@code DIGIDIG_BENCH_PASSWORD}.
 */
public final class Bench {
    private static final int SIZE = 4096;
    private static final String FOLDER = "Bench";

    private final int mx;
    private final int imaps;
    private final String address;
    private final String password;
    private final int mails;
    private final int connections;

    private Bench(Map<String, String> arguments) {
        mx = Integer.parseInt(arguments.getOrDefault("--mx", "2525"));
        imaps = Integer.parseInt(arguments.getOrDefault("--imaps", "2993"));
        address = arguments.getOrDefault("--address", "alice@digidig.test");
        mails = Integer.parseInt(arguments.getOrDefault("--mails", "2000"));
        connections = Integer.parseInt(arguments.getOrDefault("--connections", "10"));
        password = System.getenv().getOrDefault("DIGIDIG_BENCH_PASSWORD", "");
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        new Bench(options).run();
    }

    private void run() throws Exception {
        System.out.printf("%d mails of %d octets to %s%n%n", mails, SIZE, address);
        send(mails / 10);
        try (ImapClient imap = open()) {
            imap.command("CREATE " + FOLDER);
            int before = imap.select("INBOX");

            long began = System.nanoTime();
            send(mails);
            row("SMTP, taken over and on disk", mails, System.nanoTime() - began, connections);
            while (imap.select("INBOX") < before + mails) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            row("SMTP, visible in IMAP", mails, System.nanoTime() - began, connections);

            timed("IMAP log-ins", 50, () -> {
                for (int i = 0; i < 50; i++) {
                    open().close();
                }
            });
            timed("IMAP APPEND", mails / 4, () -> {
                for (int i = 0; i < mails / 4; i++) {
                    imap.append(FOLDER, message(i));
                }
            });
            imap.select("INBOX");
            List<Long> uids = imap.uids();
            timed("IMAP FETCH, all messages' flags", uids.size(), () -> imap.expectOk("UID FETCH 1:* (FLAGS)"));
            timed("IMAP FETCH, all messages' envelopes", uids.size(), () -> imap.expectOk("UID FETCH 1:* (ENVELOPE)"));
            List<Long> some = uids.subList(0, Math.min(uids.size(), mails / 2));
            timed("IMAP FETCH, one message at a time", some.size(), () -> {
                for (long uid : some) {
                    imap.fetch(uid);
                }
            });
            timed("IMAP STORE, one flag at a time", some.size(), () -> {
                for (long uid : some) {
                    imap.expectOk("UID STORE " + uid + " +FLAGS.SILENT (\\Seen)");
                }
            });
            cleanUp(imap);
        }
    }

    /** Deletes what this load left in INBOX, and its folder. */
    private static void cleanUp(ImapClient imap) throws IOException {
        imap.expectOk("UID SEARCH FROM \"bench@elsewhere.example\"").with("* SEARCH").stream()
                .map(line -> line.text().substring("* SEARCH".length()).strip().replace(' ', ','))
                .filter(uids -> !uids.isEmpty())
                .findFirst()
                .ifPresent(uids -> delete(imap, uids));
        imap.command("DELETE " + FOLDER);
    }

    private static void delete(ImapClient imap, String uids) {
        try {
            imap.expectOk("UID STORE " + uids + " +FLAGS.SILENT (\\Deleted)");
            imap.expectOk("UID EXPUNGE " + uids);
        } catch (IOException failure) {
            System.err.println("the load's mails stay in INBOX: " + failure.getMessage());
        }
    }

    private ImapClient open() throws IOException {
        ImapClient imap = ImapClient.open(imaps, true);
        imap.login(address, password);
        return imap;
    }

    private void send(int count) throws Exception {
        List<Callable<Integer>> senders = new ArrayList<>();
        for (int sender = 0; sender < connections; sender++) {
            int first = sender;
            senders.add(() -> sendEvery(connections, first, count));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (Future<Integer> sender : threads.invokeAll(senders)) {
                sender.get();
            }
        }
    }

    private int sendEvery(int step, int first, int count) throws IOException {
        int sent = 0;
        try (SmtpClient smtp = SmtpClient.open(mx, false)) {
            for (int i = first; i < count; i += step) {
                SmtpClient.Reply reply = smtp.send("bench@elsewhere.example", address, message(i));
                if (reply.code() != 250) {
                    throw new IOException("refused: " + reply);
                }
                sent++;
            }
        }
        return sent;
    }

    /** Each is different, so that storing it once for all gains nothing. */
    private byte[] message(int number) {
        StringBuilder text = new StringBuilder(SIZE + 80)
                .append("From: bench@elsewhere.example\r\nTo: ")
                .append(address)
                .append("\r\nSubject: load ")
                .append(number)
                .append("\r\nMessage-ID: <")
                .append(System.nanoTime())
                .append('.')
                .append(number)
                .append("@elsewhere.example>\r\n\r\n");
        while (text.length() < SIZE) {
            text.append("Line ")
                    .append(text.length())
                    .append(" of mail ")
                    .append(number)
                    .append(".\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A part of the load that is measured. */
    private interface Part {
        void run() throws IOException;
    }

    private static void timed(String name, int operations, Part part) throws IOException {
        long began = System.nanoTime();
        part.run();
        row(name, operations, System.nanoTime() - began, 1);
    }

    private static void row(String name, int operations, long nanoseconds, int connections) {
        System.out.printf(
                "%-38s %3d connections %9.0f /s %9.2f ms each%n",
                name, connections, operations * 1e9 / nanoseconds, nanoseconds / 1e6 / Math.max(1, operations));
    }
}
