package cz.digidig.common.net;

import java.io.EOFException;

/** The peer closed its side, or the listener shuts down ({@link Connection#closing()} tells which). */
public final class EndOfStream extends EOFException {
    EndOfStream() {
        super("end of stream");
    }
}
