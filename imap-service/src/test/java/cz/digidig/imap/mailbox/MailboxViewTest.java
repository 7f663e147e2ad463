package cz.digidig.imap.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.protocol.StoreCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MailboxViewTest {
    /** A client that believes what it is told, and nothing else. */
    private static final class Client implements MailboxView.Report {
        final MailboxView view;
        /** UIDs by sequence number; 0: announced by EXISTS alone. */
        final List<Long> messages = new ArrayList<>();

        final Map<Long, Integer> flags = new TreeMap<>();

        Client(MailboxView view) {
            this.view = view;
            for (int i = 0; i < view.messages().size(); i++) {
                messages.add(0L);
            }
            fetchAll();
        }

        @Override
        public void expunged(int sequence) {
            flags.remove(messages.remove(sequence - 1));
        }

        @Override
        public void exists(int count) {
            assertThat(count).isGreaterThanOrEqualTo(messages.size());
            while (messages.size() < count) {
                messages.add(0L);
            }
        }

        @Override
        public void flagsChanged(MailboxSnapshot.Row row) {
            assertThat(messages.get(row.sequence() - 1)).isIn(0L, row.uid());
            flags.put(row.uid(), row.flags());
        }

        void update(boolean expunge) throws IOException {
            assertThat(view.update(expunge, this)).isEqualTo(MailboxView.Outcome.CURRENT);
            fetchNew();
        }

        /** FETCH 1:* (UID FLAGS) of what it has not seen. */
        private void fetchNew() {
            assertThat(view.messages().size()).isEqualTo(messages.size());
            MailboxSnapshot.Row row = view.messages().row();
            for (int i = 0; i < messages.size(); i++) {
                row.moveTo(i);
                if (messages.get(i) == 0) {
                    messages.set(i, row.uid());
                    flags.put(row.uid(), row.flags());
                }
                assertThat(row.uid())
                        .as("the number %d stands for the same message", i + 1)
                        .isEqualTo(messages.get(i));
            }
        }

        private void fetchAll() {
            fetchNew();
        }
    }

    @Property(tries = 150)
    void whatTwoClientsAreToldIsWhatIsThere(@ForAll long seed, @ForAll boolean healthy) throws IOException {
        Random random = new Random(seed);
        ChangeFeed feed = new ChangeFeed();
        FakeMailStore store = new FakeMailStore(feed);
        MailboxSnapshotCache cache = new MailboxSnapshotCache(store, feed, 1_000_000);
        if (healthy) {
            feed.connected();
        }
        String box = store.id("INBOX");
        for (int i = 0; i < random.nextInt(1200); i++) {
            store.put(box, List.of(), i, new byte[10]);
        }
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            clients.add(new Client(new MailboxView(cache.acquire("account", box))));
        }
        for (int step = 0; step < 60; step++) {
            Client client = clients.get(random.nextInt(2));
            switch (random.nextInt(9)) {
                case 0 -> store.put(box, List.of(), step, new byte[10]);
                case 1 -> {
                    MailStore.Appended appended = store.put(box, List.of("\\Flagged"), step, new byte[10]);
                    cache.appended(box, appended, 4, List.of(), 10, step);
                }
                case 2, 3 -> {
                    MailStore.Flagged flagged = client.view
                            .shared()
                            .storeFlags(some(random, client), StoreCommand.Mode.ADD, List.of("\\Deleted"), null);
                    client.view.told(flagged.changed());
                    for (int i = 0; i < flagged.changed().count(); i++) {
                        client.flags.replace(
                                flagged.changed().uid()[i], flagged.changed().flags()[i]);
                    }
                }
                case 4 ->
                    store.storeFlags(
                            "account", box, some(random, client), StoreCommand.Mode.REMOVE, List.of("\\Deleted"), null);
                case 5 -> client.view.shared().expunge(random.nextBoolean() ? null : some(random, client));
                case 6 -> store.expunge("account", box, some(random, client));
                case 7 -> client.update(false);
                default -> client.update(true);
            }
        }
        MailStore.Changes all = store.changes("account", box, 0, 0);
        for (Client client : clients) {
            client.update(true);
            assertThat(client.messages.stream().mapToLong(Long::longValue).toArray())
                    .isEqualTo(all.changed().uid());
            assertThat(client.flags.values().stream()
                            .mapToInt(Integer::intValue)
                            .toArray())
                    .isEqualTo(all.changed().flags());
        }
    }

    private static UidSet some(Random random, Client client) {
        long last = Math.max(1, client.view.messages().lastUid());
        long one = 1 + (long) (random.nextDouble() * last);
        return UidSet.range(one, one + random.nextInt(5));
    }

    @Example
    void nothingIsAskedWhileTheFeedStands() throws IOException {
        ChangeFeed feed = new ChangeFeed();
        FakeMailStore store = new FakeMailStore(feed);
        MailboxSnapshotCache cache = new MailboxSnapshotCache(store, feed, 1_000_000);
        feed.connected();
        String box = store.id("INBOX");
        Client client = new Client(new MailboxView(cache.acquire("account", box)));
        int before = store.calls();
        for (int i = 0; i < 10; i++) {
            client.update(true);
        }
        assertThat(store.calls()).isEqualTo(before);

        store.put(box, List.of(), 0, new byte[1]);
        client.update(true);
        assertThat(client.messages).hasSize(1);
        feed.interrupted();
        int interrupted = store.calls();
        client.update(true);
        assertThat(store.calls()).isEqualTo(interrupted + 1);
    }
}
