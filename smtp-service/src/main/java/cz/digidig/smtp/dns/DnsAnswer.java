package cz.digidig.smtp.dns;

import java.util.List;

/**
 * What a lookup brought.
 *
 * @param <T> what records are read as
 */
public sealed interface DnsAnswer<T> {
    /** Records, at least one, aliases followed. */
    record Found<T>(List<T> records) implements DnsAnswer<T> {
        public Found {
            records = List.copyOf(records);
        }
    }

    /**
     * There is no such record.
     *
     * @param nameExists whether the name has records of other types
     */
    record Missing<T>(boolean nameExists) implements DnsAnswer<T> {}

    /**
     * Not known now: no answer in time, a failure of the servers, or an answer past our limits. Always temporary.
     *
     * @param why for people
     */
    record Failed<T>(String why) implements DnsAnswer<T> {}
}
