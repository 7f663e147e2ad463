package cz.digidig.common.net;

import java.io.IOException;

/** A line was longer than its maximum. */
public final class LineTooLong extends IOException {
    private final boolean skipped;

    LineTooLong(int most, boolean skipped) {
        super("a line of more than " + most + " octets");
        this.skipped = skipped;
    }

    /** True: the reader stands behind the line and may go on. False: the line has no end in sight; close. */
    public boolean skipped() {
        return skipped;
    }
}
