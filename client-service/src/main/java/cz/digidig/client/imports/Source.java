package cz.digidig.client.imports;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** A file with messages. */
sealed interface Source permits EmlFile, MboxFile, ZipOfMail {
    /**
     * Hands on its messages one by one; they can be read until the next one is handed on.
     *
     * @return false: no further ones were wanted
     * @throws Unreadable the file as a whole is not to be trusted
     */
    boolean each(Found.Taker taker) throws IOException;

    /** How many there are, by reading the file once. */
    default long count(Found.Taker watch) throws IOException {
        AtomicLong count = new AtomicLong();
        each(message -> {
            count.incrementAndGet();
            return watch.take(message);
        });
        return count.get();
    }
}
