package cz.digidig.smtp.spool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Nothing can be accepted now: the disk is full or fails, or too much waits. The client should try again later. */
public final class SpoolUnavailable extends IOException {
    public SpoolUnavailable(String why, @Nullable Throwable cause) {
        super(why, cause);
    }

    public SpoolUnavailable(String why) {
        super(why);
    }
}
