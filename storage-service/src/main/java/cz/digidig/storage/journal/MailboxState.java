package cz.digidig.storage.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/**
 * A mailbox document, without its pages. Immutable.
 *
 * @param id the mailbox
 * @param account its owner
 * @param uidValidity RFC 9051 §2.3.1.1
 * @param uidNext the UID that the next message gets
 * @param highestModSeq of the last commit
 * @param messages how many
 * @param unseen of them without {@code \Seen}
 * @param deleted of them with {@code \Deleted}
 * @param size their octets together
 * @param forgottenModSeq up to here, expunged UIDs may have been forgotten
 * @param keywords every keyword that was ever used in it; rows point into this list
 * @param pages the mod-sequence of each page, by its number
 * @param journal committed changes that some page may not have yet, in their order
 */
public record MailboxState(
        String id,
        String account,
        long uidValidity,
        long uidNext,
        long highestModSeq,
        long messages,
        long unseen,
        long deleted,
        long size,
        long forgottenModSeq,
        List<String> keywords,
        PageTable pages,
        List<Intent> journal) {

    /** Page numbers, ascending, and the mod-sequence of each. The arrays are not changed after construction. */
    record PageTable(int[] numbers, long[] modSeqs) {
        static final PageTable EMPTY = new PageTable(new int[0], new long[0]);

        int indexOf(int number) {
            return Arrays.binarySearch(numbers, number);
        }

        /** With new mod-sequences of some pages. */
        PageTable with(Map<Integer, Long> changed) {
            TreeMap<Integer, Long> fresh = new TreeMap<>(changed);
            long[] sequences = modSeqs.clone();
            fresh.entrySet().removeIf(entry -> {
                int index = indexOf(entry.getKey());
                if (index >= 0) {
                    sequences[index] = entry.getValue();
                }
                return index >= 0;
            });
            if (fresh.isEmpty()) {
                return new PageTable(numbers, sequences);
            }
            TreeMap<Integer, Long> all = fresh;
            for (int i = 0; i < numbers.length; i++) {
                all.put(numbers[i], sequences[i]);
            }
            return of(all);
        }

        static PageTable of(TreeMap<Integer, Long> all) {
            int[] newNumbers = new int[all.size()];
            long[] newSequences = new long[all.size()];
            int i = 0;
            for (Map.Entry<Integer, Long> entry : all.entrySet()) {
                newNumbers[i] = entry.getKey();
                newSequences[i] = entry.getValue();
                i++;
            }
            return new PageTable(newNumbers, newSequences);
        }
    }

    /** The ids of the documents of its pages. */
    public List<String> pageIds() {
        return Arrays.stream(pages.numbers())
                .mapToObj(number -> Page.documentId(id, number))
                .toList();
    }

    MailboxState withoutJournal() {
        return new MailboxState(
                id,
                account,
                uidValidity,
                uidNext,
                highestModSeq,
                messages,
                unseen,
                deleted,
                size,
                forgottenModSeq,
                keywords,
                pages,
                List.of());
    }

    /** The document of a new, empty mailbox. */
    public static Document create(String id, String account, long uidValidity, Date now) {
        return new Document("_id", id)
                .append("account", account)
                .append("uidValidity", uidValidity)
                .append("uidNext", 1L)
                .append("highestModSeq", 1L)
                .append("messages", 0L)
                .append("unseen", 0L)
                .append("deleted", 0L)
                .append("size", 0L)
                .append("forgotten", 0L)
                .append("keywords", List.of())
                .append("pages", new Document())
                .append("journal", List.of())
                .append("commits", List.of())
                .append("created", now)
                .append("changedAt", now);
    }

    static MailboxState read(Document document) {
        TreeMap<Integer, Long> pages = new TreeMap<>();
        document.get("pages", Document.class)
                .forEach((number, modSeq) -> pages.put(Integer.valueOf(number), (Long) modSeq));
        List<Intent> journal = new ArrayList<>();
        for (Document intent : document.getList("journal", Document.class)) {
            journal.add(Intent.read(intent));
        }
        return new MailboxState(
                document.getString("_id"),
                document.getString("account"),
                document.getLong("uidValidity"),
                document.getLong("uidNext"),
                document.getLong("highestModSeq"),
                document.getLong("messages"),
                document.getLong("unseen"),
                document.getLong("deleted"),
                document.getLong("size"),
                document.getLong("forgotten"),
                List.copyOf(document.getList("keywords", String.class)),
                PageTable.of(pages),
                List.copyOf(journal));
    }
}
