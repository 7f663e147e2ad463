package cz.digidig.storage.journal;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.CopyResult;
import cz.digidig.common.api.storage.ExpungeResult;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.storage.group.GroupCommit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A change that somebody waits for. It may be computed several times; the last outcome is the one that was committed. */
abstract sealed class Change extends GroupCommit.Item {
    private static final int KEYWORDS_OF_MESSAGE = 64;

    private final String mailbox;
    private int attempts;

    private Change(String mailbox) {
        this.mailbox = mailbox;
    }

    /** The mailbox whose commit decides. */
    final String mailbox() {
        return mailbox;
    }

    final int attempt() {
        return ++attempts;
    }

    private static int[] keywords(Draft draft, List<String> names) {
        if (names.isEmpty()) {
            return MessageRow.NO_KEYWORDS;
        }
        int[] places =
                names.stream().mapToInt(draft::placeOf).sorted().distinct().toArray();
        if (places.length > KEYWORDS_OF_MESSAGE) {
            throw new ProblemException(ErrorCode.INVALID, "A message has at most " + KEYWORDS_OF_MESSAGE + " keywords");
        }
        return places;
    }

    /** Puts one message into a mailbox, once where it has a delivery key. */
    static final class Add extends Change {
        private final NewMessage message;
        private final @Nullable String deliveryKey;
        private @Nullable Placed placed;

        Add(String mailbox, NewMessage message, @Nullable String deliveryKey) {
            super(mailbox);
            this.message = message;
            this.deliveryKey = deliveryKey;
        }

        @Nullable
        String deliveryKey() {
            return deliveryKey;
        }

        @Nullable
        Placed placed() {
            return placed;
        }

        /** The delivery was made before. */
        void placedBefore(Placed before) {
            placed = before;
        }

        void compute(Draft draft) {
            Intent.Added before = deliveryKey == null ? null : draft.delivered(deliveryKey);
            MessageRow row = before != null
                    ? before.rows().getFirst()
                    : draft.add(
                                    List.of(new MessageRow(
                                            0,
                                            message.id(),
                                            0,
                                            message.flags(),
                                            message.size(),
                                            message.internalDate(),
                                            keywords(draft, message.keywords()))),
                                    deliveryKey,
                                    null)
                            .getFirst();
            placed = placed(draft.state(), row);
        }

        static Placed placed(MailboxState mailbox, MessageRow row) {
            return new Placed(
                    mailbox.id(),
                    mailbox.uidValidity(),
                    row.uid(),
                    row.modSeq(),
                    row.id().toString());
        }
    }

    /** RFC 9051 §6.4.6, RFC 7162 §3.1.3. */
    static final class Flags extends Change {
        private final UidSet uids;
        private final FlagChange.Mode mode;
        private final FlagSet named;
        private final @Nullable Long unchangedSince;
        private @Nullable FlagResult result;

        Flags(String mailbox, UidSet uids, FlagChange.Mode mode, FlagSet named, @Nullable Long unchangedSince) {
            super(mailbox);
            this.uids = uids;
            this.mode = mode;
            this.named = named;
            this.unchangedSince = unchangedSince;
        }

        @Nullable
        FlagResult result() {
            return result;
        }

        void compute(Draft draft) {
            UidSet.Builder refused = new UidSet.Builder();
            Intent.Groups groups = new Intent.Groups();
            List<MessageRow> changing = new ArrayList<>();
            UidSet.Builder accepted = new UidSet.Builder();
            int[] places = mode == FlagChange.Mode.REMOVE ? known(draft) : keywords(draft, named.keywords());
            for (MessageRow row : draft.rows(uids)) {
                if (unchangedSince != null && row.modSeq() > unchangedSince) {
                    refused.add(row.uid());
                    continue;
                }
                accepted.add(row.uid());
                int flags =
                        switch (mode) {
                            case ADD -> row.flags() | named.flags();
                            case REMOVE -> row.flags() & ~named.flags();
                            case REPLACE -> named.flags();
                        };
                int[] after =
                        switch (mode) {
                            case ADD -> union(row.keywords(), places);
                            case REMOVE -> without(row.keywords(), places);
                            case REPLACE -> places;
                        };
                if (flags != row.flags() || !Arrays.equals(after, row.keywords())) {
                    changing.add(row);
                    groups.add(row.uid(), flags, after);
                }
            }
            if (!groups.isEmpty()) {
                draft.flag(changing, groups.build());
            }
            List<MessageRow> now = draft.rows(accepted.build());
            result = new FlagResult(
                    draft.highestModSeq(),
                    groups.isEmpty() ? 0 : draft.highestModSeq(),
                    Columns.of(now, draft::keyword),
                    refused.build().toString());
        }

        /** Keywords that the mailbox has never seen need not be removed. */
        private int[] known(Draft draft) {
            return named.keywords().stream()
                    .flatMapToInt(name -> {
                        int place = draft.knownPlaceOf(name);
                        return place < 0 ? IntStream.empty() : IntStream.of(place);
                    })
                    .toArray();
        }

        private static int[] union(int[] one, int[] other) {
            if (other.length == 0) {
                return one;
            }
            int[] all = IntStream.concat(Arrays.stream(one), Arrays.stream(other))
                    .sorted()
                    .distinct()
                    .toArray();
            if (all.length > KEYWORDS_OF_MESSAGE) {
                throw new ProblemException(
                        ErrorCode.INVALID, "A message has at most " + KEYWORDS_OF_MESSAGE + " keywords");
            }
            return all;
        }

        private static int[] without(int[] all, int[] taken) {
            if (taken.length == 0 || all.length == 0) {
                return all;
            }
            return Arrays.stream(all)
                    .filter(place -> Arrays.stream(taken).noneMatch(t -> t == place))
                    .toArray();
        }
    }

    /** RFC 9051 §6.4.3, RFC 4315 §2.1. */
    static final class Expunge extends Change {
        private final @Nullable UidSet uids;
        private final boolean deletedOnly;
        private @Nullable ExpungeResult result;

        /**
         * @param uids null: all
         * @param deletedOnly leave those without {@code \Deleted}
         */
        Expunge(String mailbox, @Nullable UidSet uids, boolean deletedOnly) {
            super(mailbox);
            this.uids = uids;
            this.deletedOnly = deletedOnly;
        }

        @Nullable
        ExpungeResult result() {
            return result;
        }

        void compute(Draft draft) {
            boolean nothing = deletedOnly && draft.deleted() == 0;
            List<MessageRow> rows = nothing ? List.of() : draft.rows(uids == null ? draft.everything() : uids);
            if (deletedOnly) {
                rows = rows.stream()
                        .filter(row -> MessageFlag.DELETED.in(row.flags()))
                        .toList();
            }
            if (!rows.isEmpty()) {
                draft.expunge(rows);
            }
            UidSet.Builder gone = new UidSet.Builder();
            rows.forEach(row -> gone.add(row.uid()));
            result = new ExpungeResult(gone.build().toString(), draft.highestModSeq());
        }
    }

    /** RFC 9051 §6.4.7 and, moving, RFC 6851. Decided by the target's commit, which carries what is left to be done. */
    static final class Copy extends Change {
        private final String source;
        private final UidSet uids;
        private final boolean move;
        private final BiFunction<Long, Long, Boolean> room;
        private @Nullable CopyResult result;

        /**
         * @param room told the messages and octets that are to be copied; false: refuse
         */
        Copy(String source, String target, UidSet uids, boolean move, BiFunction<Long, Long, Boolean> room) {
            super(target);
            this.source = source;
            this.uids = uids;
            this.move = move;
            this.room = room;
        }

        String source() {
            return source;
        }

        boolean move() {
            return move;
        }

        @Nullable
        CopyResult result() {
            return result;
        }

        void compute(Draft from, Draft target) {
            List<MessageRow> rows = from.rows(uids);
            if (rows.isEmpty()) {
                result = new CopyResult(target.state().uidValidity(), new long[0], new long[0], from.highestModSeq());
                return;
            }
            long octets = rows.stream().mapToLong(MessageRow::size).sum();
            if (!move && !room.apply((long) rows.size(), octets)) {
                throw new ProblemException(ErrorCode.OVER_QUOTA, "The account's storage limit would be exceeded");
            }
            List<MessageRow> given = new ArrayList<>(rows.size());
            UidSet.Builder taken = new UidSet.Builder();
            for (MessageRow row : rows) {
                given.add(row.flagged(0, row.flags(), target.translate(from, row.keywords())));
                taken.add(row.uid());
            }
            boolean within = from == target;
            UidSet moved = taken.build();
            List<MessageRow> added = target.add(given, null, move && !within ? new Intent.Origin(source, moved) : null);
            if (move && within) {
                from.expunge(rows);
            }
            result = new CopyResult(
                    target.state().uidValidity(),
                    rows.stream().mapToLong(MessageRow::uid).toArray(),
                    added.stream().mapToLong(MessageRow::uid).toArray(),
                    from.highestModSeq());
        }

        /** After a move, the source's mod-sequence behind the expunge. */
        void sourceIsAt(long modSeq) {
            CopyResult known = result;
            if (known != null) {
                result = new CopyResult(known.uidValidity(), known.sourceUids(), known.targetUids(), modSeq);
            }
        }
    }
}
