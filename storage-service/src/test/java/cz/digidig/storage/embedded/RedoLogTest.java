package cz.digidig.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedoLogTest {
    private static final int CLIENTS = 6;
    private static final int LOOKS = 8;
    private static final byte[] DOCUMENT = "a document".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private static RedoLog open(Path folder) throws IOException {
        return RedoLog.open(folder, (map, key, document) -> {});
    }

    private static void appendAndWait(RedoLog log, Object client, String key) throws InterruptedException {
        CountDownLatch durable = new CountDownLatch(1);
        log.append("map", key, DOCUMENT);
        log.whenDurable(client, durable::countDown);
        durable.await();
    }

    @Test
    void aClientThatIsAloneWritesOnItsOwnThread() throws IOException, InterruptedException {
        try (RedoLog log = open(folder)) {
            appendAndWait(log, "one", "first");
            log.append("map", "second", DOCUMENT);
            AtomicReference<Thread> thread = new AtomicReference<>();
            log.whenDurable("one", () -> thread.set(Thread.currentThread()));
            assertThat(thread).hasValue(Thread.currentThread());
        }
        assertThat(keysIn(folder)).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void clientsInTurnLeaveTheWritingToTheLog() throws IOException, InterruptedException {
        try (RedoLog log = open(folder)) {
            for (int i = 0; i < 10; i++) {
                CountDownLatch durable = new CountDownLatch(1);
                AtomicReference<Thread> thread = new AtomicReference<>();
                log.append("map", "key" + i, DOCUMENT);
                log.whenDurable(i % 2, () -> {
                    thread.set(Thread.currentThread());
                    durable.countDown();
                });
                durable.await();
                assertThat(thread.get()).isNotEqualTo(Thread.currentThread());
            }
        }
    }

    @Test
    void nothingIsAnsweredBeforeItIsInTheFile(@TempDir Path copies) throws Exception {
        Set<String> answered = ConcurrentHashMap.newKeySet();
        AtomicBoolean enough = new AtomicBoolean();
        try (RedoLog log = open(folder);
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int name = client;
                clients.add(threads.submit(() -> {
                    int written = 0;
                    while (!enough.get()) {
                        String key = name + "/" + written++;
                        appendAndWait(log, name, key);
                        answered.add(key);
                    }
                    return written;
                }));
            }
            try {
                for (int look = 0; look < LOOKS; look++) {
                    Set<String> before = new HashSet<>(answered);
                    assertThat(keysIn(copy(copies.resolve("look" + look)))).containsAll(before);
                }
            } finally {
                enough.set(true);
            }
            for (Future<Integer> client : clients) {
                client.get();
            }
        }
        assertThat(keysIn(folder)).isEqualTo(answered);
    }

    private Path copy(Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }

    private static Set<String> keysIn(Path folder) throws IOException {
        Set<String> keys = new HashSet<>();
        RedoLog.open(folder, (map, key, document) -> keys.add(key)).close();
        return keys;
    }
}
