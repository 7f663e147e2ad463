package cz.digidig.client.imports;

import cz.digidig.common.mailbox.MessageFlag;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message in a file.
 *
 * @param folder the path of the mailbox that the file has it in; empty: in none
 * @param name what it is called until its subject is known
 * @param octets as it is to be stored
 * @param state what the file says of its state; null: nothing
 * @param received when it came; null: the file does not say that
 */
record Found(
        String folder,
        String name,
        Octets octets,
        @Nullable State state,
        @Nullable Instant received) {
    /** Can be read any number of times. */
    @FunctionalInterface
    interface Octets {
        void writeTo(OutputStream sink) throws IOException;
    }

    /** Flags and keywords. */
    record State(Set<MessageFlag> flags, List<String> keywords) {}

    /** Takes what is found in a file. */
    @FunctionalInterface
    interface Taker {
        /** Takes one; false: no further ones are wanted. */
        boolean take(Found message) throws IOException;
    }
}
