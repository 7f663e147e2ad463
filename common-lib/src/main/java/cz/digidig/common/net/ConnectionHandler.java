package cz.digidig.common.net;

import java.io.IOException;

/** A protocol: serves one connection from greeting to end. */
@FunctionalInterface
public interface ConnectionHandler {
    /**
     * Runs on the connection's own virtual thread; the kit flushes and closes the connection afterwards.
     *
     * @throws IOException ends the connection; not worth more than a debug line
     */
    void serve(Connection connection) throws IOException;
}
