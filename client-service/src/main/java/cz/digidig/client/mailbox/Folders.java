package cz.digidig.client.mailbox;

import cz.digidig.client.backend.Storage;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.MailboxSummary;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The person's mailboxes in the order of the rail: special ones first, then the others as a tree. */
@Component
public class Folders {
    private static final List<String> FIRST =
            List.of("inbox", "flagged", "drafts", "sent", "archive", "junk", "trash", "all");

    private final Storage storage;

    Folders(Storage storage) {
        this.storage = storage;
    }

    public List<Folder> all(Locale language) {
        // Levels are compared one by one, so that what is inside follows what it is in.
        Collator words = Collator.getInstance(language);
        return storage.mailboxes().stream()
                .map(Folder::of)
                .sorted(Comparator.<Folder>comparingInt(folder -> rank(folder))
                        .thenComparing((one, other) -> compare(words, one.path(), other.path())))
                .toList();
    }

    private static int rank(Folder folder) {
        int place = FIRST.indexOf(folder.kind());
        return place < 0 ? FIRST.size() : place;
    }

    private static int compare(Collator words, String one, String other) {
        String[] left = one.split("/", -1);
        String[] right = other.split("/", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = words.compare(left[i], right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    /** One of them, asked for alone. */
    Folder byId(String id) {
        return Folder.of(storage.mailbox(id));
    }

    /** One of them by its id. */
    public static Folder find(List<Folder> folders, String id) {
        return folders.stream()
                .filter(folder -> folder.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no such folder"));
    }

    /** The one of a kind ({@code trash}); made where it is missing. */
    public Folder ofKind(String kind) {
        List<MailboxSummary> mailboxes = storage.mailboxes();
        Optional<Folder> found = mailboxes.stream()
                .map(Folder::of)
                .filter(folder -> folder.kind().equals(kind))
                .findFirst();
        String name = kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
        return found.or(() -> mailboxes.stream()
                        .filter(mailbox -> mailbox.path().equals(name))
                        .map(Folder::of)
                        .findFirst())
                .orElseGet(() -> Folder.of(storage.create(name)));
    }
}
