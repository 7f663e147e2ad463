package cz.digidig.client.imports;

import java.io.IOException;

/** A file that is not read any further. */
final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    private final Why why;

    Unreadable(Why why) {
        super(why.name());
        this.why = why;
    }

    Why why() {
        return why;
    }

    enum Why {
        /** Neither a message, nor an mbox, nor a zip. */
        NO_MAIL,
        /** A zip that is broken, or has more files than are read. */
        ZIP,
        /** It unpacks to more than is taken. */
        TOO_LARGE;

        String key() {
            return switch (this) {
                case NO_MAIL -> "import.problem.no-mail";
                case ZIP -> "import.problem.zip";
                case TOO_LARGE -> "import.problem.too-large";
            };
        }
    }
}
