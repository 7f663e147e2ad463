package cz.digidig.storage.journal;

import cz.digidig.common.mailbox.UidSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A committed change of a mailbox, in the form in which its journal holds it until the pages have it: what came out, not
 * what was asked, so that applying it needs nothing but the page.
 */
sealed interface Intent {
    /** The mod-sequence that it has; no other intent of the mailbox has the same. */
    long modSeq();

    /** The pages that it changes. */
    List<Integer> pages();

    /** A page after it; the page must hold everything before it. */
    Page applyTo(Page page);

    Document write();

    /**
     * New messages.
     *
     * @param rows in the order of their UIDs
     * @param deliveryKey of a delivery, so that a repeat is recognised; else null
     * @param origin where they were moved from, and still have to be expunged; else null
     */
    record Added(
            long modSeq,
            List<MessageRow> rows,
            @Nullable String deliveryKey,
            @Nullable Origin origin) implements Intent {
        @Override
        public List<Integer> pages() {
            TreeSet<Integer> numbers = new TreeSet<>();
            for (MessageRow row : rows) {
                numbers.add(Page.numberOf(row.uid()));
            }
            return List.copyOf(numbers);
        }

        @Override
        public Page applyTo(Page page) {
            List<MessageRow> here = new ArrayList<>(rows.size());
            for (MessageRow row : rows) {
                if (Page.numberOf(row.uid()) == page.number()) {
                    here.add(row);
                }
            }
            return page.added(modSeq, here);
        }

        @Override
        public Document write() {
            Document document = new Document("t", "a")
                    .append("m", modSeq)
                    .append("r", new Binary(RowCodec.rows(rows.toArray(MessageRow[]::new))));
            if (deliveryKey != null) {
                document.append("k", deliveryKey);
            }
            if (origin != null) {
                document.append(
                        "o",
                        new Document("b", origin.mailbox())
                                .append("u", origin.uids().toString()));
            }
            return document;
        }
    }

    /** Where moved messages came from. */
    record Origin(String mailbox, UidSet uids) {}

    /** New flags. */
    record Flagged(long modSeq, List<Group> groups) implements Intent {
        @Override
        public List<Integer> pages() {
            TreeSet<Integer> numbers = new TreeSet<>();
            for (Group group : groups) {
                numbers.addAll(pagesOf(group.uids()));
            }
            return List.copyOf(numbers);
        }

        @Override
        public Page applyTo(Page page) {
            Page changed = page;
            for (Group group : groups) {
                changed = changed.flagged(modSeq, group.uids(), group.flags(), group.keywords());
            }
            return changed;
        }

        @Override
        public Document write() {
            List<Document> written = new ArrayList<>();
            for (Group group : groups) {
                Document one = new Document("u", group.uids().toString()).append("f", group.flags());
                if (group.keywords().length > 0) {
                    one.append("k", new Binary(RowCodec.numbers(group.keywords())));
                }
                written.add(one);
            }
            return new Document("t", "f").append("m", modSeq).append("g", written);
        }
    }

    /** Messages that have the same flags and keywords after a change. */
    record Group(UidSet uids, int flags, int[] keywords) {}

    /** Messages that are gone. */
    record Expunged(long modSeq, UidSet uids) implements Intent {
        @Override
        public List<Integer> pages() {
            return pagesOf(uids);
        }

        @Override
        public Page applyTo(Page page) {
            return page.expunged(modSeq, uids);
        }

        @Override
        public Document write() {
            return new Document("t", "e").append("m", modSeq).append("u", uids.toString());
        }
    }

    private static List<Integer> pagesOf(UidSet uids) {
        List<Integer> numbers = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < uids.ranges(); i++) {
            for (int n = Math.max(last + 1, Page.numberOf(uids.first(i))); n <= Page.numberOf(uids.last(i)); n++) {
                numbers.add(n);
                last = n;
            }
        }
        return numbers;
    }

    /** Collects UIDs, which come ascending, by what their flags are to be. */
    final class Groups {
        private record Key(int flags, List<Integer> keywords) {}

        private final Map<Key, UidSet.Builder> uids = new LinkedHashMap<>();

        void add(long uid, int flags, int[] keywords) {
            uids.computeIfAbsent(new Key(flags, Arrays.stream(keywords).boxed().toList()), key -> new UidSet.Builder())
                    .add(uid);
        }

        boolean isEmpty() {
            return uids.isEmpty();
        }

        List<Group> build() {
            List<Group> groups = new ArrayList<>();
            uids.forEach((key, set) -> groups.add(new Group(
                    set.build(),
                    key.flags(),
                    key.keywords().stream().mapToInt(Integer::intValue).toArray())));
            return groups;
        }
    }

    static Intent read(Document document) {
        long modSeq = document.getLong("m");
        String type = document.getString("t");
        return switch (type) {
            case "a" -> {
                Document origin = document.get("o", Document.class);
                yield new Added(
                        modSeq,
                        List.of(RowCodec.rows(document.get("r", Binary.class).getData())),
                        document.getString("k"),
                        origin == null ? null : new Origin(origin.getString("b"), UidSet.parse(origin.getString("u"))));
            }
            case "f" -> {
                List<Group> groups = new ArrayList<>();
                for (Document one : document.getList("g", Document.class)) {
                    Binary keywords = one.get("k", Binary.class);
                    groups.add(new Group(
                            UidSet.parse(one.getString("u")),
                            one.getInteger("f"),
                            keywords == null ? MessageRow.NO_KEYWORDS : RowCodec.numbers(keywords.getData())));
                }
                yield new Flagged(modSeq, groups);
            }
            case "e" -> new Expunged(modSeq, UidSet.parse(document.getString("u")));
            default -> throw new IllegalStateException("unknown intent " + type);
        };
    }
}
