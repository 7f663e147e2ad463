package cz.digidig.smtp.session;

import java.io.IOException;

/** The client sends its message slower than the limit allows; the session ends. */
public final class TooSlow extends IOException {
    public TooSlow() {
        super("the message comes too slowly");
    }
}
