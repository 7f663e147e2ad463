package cz.digidig.client.imports;

import cz.digidig.client.backend.Storage;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MessageColumns;
import cz.digidig.common.client.ServiceUnavailable;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mailbox has already. Storage lists sizes; of messages of the size in question the octets are asked for, once, and
 * only their digest is kept.
 */
final class Present {
    private final Storage storage;
    private final String mailbox;
    private final Map<Long, List<Known>> bySize = new HashMap<>();

    /** A message, and its digest once that was needed; it stays null for one that is gone. */
    private static final class Known {
        private final String id;
        private @Nullable String digest;

        Known(String id, @Nullable String digest) {
            this.id = id;
            this.digest = digest;
        }
    }

    Present(Storage storage, String mailbox) {
        this.storage = storage;
        this.mailbox = mailbox;
        long after = 0;
        boolean more = true;
        while (more) {
            MailboxChanges page = storage.after(mailbox, after);
            MessageColumns columns = page.changed();
            int count = columns.uid().length;
            for (int i = 0; i < count; i++) {
                add(columns.size()[i], new Known(columns.id()[i], null));
            }
            more = page.more() && count > 0;
            after = count > 0 ? columns.uid()[count - 1] : after;
        }
    }

    String mailbox() {
        return mailbox;
    }

    private void add(long size, Known message) {
        bySize.computeIfAbsent(size, _ -> new ArrayList<>(1)).add(message);
    }

    boolean has(long size, String digest) {
        for (Known known : bySize.getOrDefault(size, List.of())) {
            if (known.digest == null) {
                known.digest = digest(known.id);
            }
            if (digest.equals(known.digest)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String digest(String id) {
        Measure measure = new Measure(Long.MAX_VALUE);
        try {
            storage.raw(mailbox, id, answer -> {
                if (!answer.getStatusCode().is2xxSuccessful()) {
                    throw new ServiceUnavailable("storage answers " + answer.getStatusCode(), null);
                }
                try (InputStream octets = answer.getBody()) {
                    octets.transferTo(measure);
                }
            });
            return measure.digest();
        } catch (ProblemException gone) {
            return null;
        }
    }

    void added(String id, long size, String digest) {
        add(size, new Known(id, digest));
    }
}
