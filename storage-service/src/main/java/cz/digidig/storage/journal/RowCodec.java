package cz.digidig.storage.journal;

/** Rows, and UIDs that are gone, as octets: numbers of variable length, UIDs as differences. */
final class RowCodec {
    private RowCodec() {}

    static byte[] rows(MessageRow[] rows) {
        Octets out = Octets.writer(16 + 40 * rows.length).number(rows.length);
        long last = 0;
        for (MessageRow row : rows) {
            out.number(row.uid() - last)
                    .fixed(row.id().high())
                    .fixed(row.id().low())
                    .number(row.modSeq())
                    .number(row.flags())
                    .number(row.size())
                    .number(row.internalDate())
                    .number(row.keywords().length);
            for (int keyword : row.keywords()) {
                out.number(keyword);
            }
            last = row.uid();
        }
        return out.toArray();
    }

    static MessageRow[] rows(byte[] octets) {
        Octets in = Octets.reader(octets);
        MessageRow[] rows = new MessageRow[(int) in.number()];
        long uid = 0;
        for (int i = 0; i < rows.length; i++) {
            uid += in.number();
            MessageId id = new MessageId(in.fixed(), in.fixed());
            long modSeq = in.number();
            int flags = (int) in.number();
            long size = in.number();
            long internalDate = in.number();
            rows[i] = new MessageRow(uid, id, modSeq, flags, size, internalDate, keywords(in));
        }
        return rows;
    }

    private static int[] keywords(Octets in) {
        int count = (int) in.number();
        if (count == 0) {
            return MessageRow.NO_KEYWORDS;
        }
        int[] keywords = new int[count];
        for (int i = 0; i < count; i++) {
            keywords[i] = (int) in.number();
        }
        return keywords;
    }

    static byte[] numbers(int[] values) {
        Octets out = Octets.writer(2 + 2 * values.length).number(values.length);
        for (int value : values) {
            out.number(value);
        }
        return out.toArray();
    }

    static int[] numbers(byte[] octets) {
        return keywords(Octets.reader(octets));
    }

    /** UIDs and the mod-sequence of each, in turn. */
    static byte[] gone(long[] gone) {
        Octets out = Octets.writer(4 + 4 * gone.length).number(gone.length / 2);
        long last = 0;
        for (int i = 0; i < gone.length; i += 2) {
            out.number(gone[i] - last).number(gone[i + 1]);
            last = gone[i];
        }
        return out.toArray();
    }

    static long[] gone(byte[] octets) {
        Octets in = Octets.reader(octets);
        long[] gone = new long[2 * (int) in.number()];
        long uid = 0;
        for (int i = 0; i < gone.length; i += 2) {
            uid += in.number();
            gone[i] = uid;
            gone[i + 1] = in.number();
        }
        return gone;
    }
}
