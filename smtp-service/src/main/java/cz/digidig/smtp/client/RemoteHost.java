package cz.digidig.smtp.client;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A server to send to.
 *
 * @param name its name, for TLS and for people
 * @param address where it is
 * @param port its port
 * @param security how the connection is protected
 * @param login how to log in; null: not at all
 */
public record RemoteHost(
        String name,
        InetAddress address,
        int port,
        Security security,
        @Nullable Login login) {
    /**
     * When TLS begins, and what follows where it does not.
     *
     * @param start when
     * @param verified whether the certificate must be good for the server's name
     */
    public record Security(Start start, boolean verified) {
        /** Another domain's server: TLS where it works, and no certificate is asked for (RFC 7435). */
        public static final Security OPPORTUNISTIC = new Security(Start.OPPORTUNISTIC, false);
    }

    /** When TLS begins. */
    public enum Start {
        NEVER,
        /** By STARTTLS where that is offered and works, else never. */
        OPPORTUNISTIC,
        /** By STARTTLS; nothing is sent without. */
        STARTTLS,
        /** From the first octet. */
        IMPLICIT
    }

    /** Whom to log in as. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    @Override
    public String toString() {
        return name + " [" + address.getHostAddress() + "]";
    }
}
