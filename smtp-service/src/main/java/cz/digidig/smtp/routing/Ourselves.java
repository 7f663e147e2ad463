package cz.digidig.smtp.routing;

import java.net.InetAddress;

/** How a route to this server itself is known: mail must not go round in a circle (RFC 5321 §5.1, §6.3). */
public interface Ourselves {
    /** Whether a server by this name is this one. */
    boolean named(String host);

    /** Whether one of the listeners is there. */
    boolean listensAt(InetAddress address, int port);
}
