package cz.digidig.common.net;

/**
 * Where a listener listens.
 *
 * @param name appears in thread names and logs
 * @param address the address to bind, a literal or a host name; {@code 0.0.0.0} or {@code ::} for all
 * @param port 0: any free one, see {@link TcpListener#port()}
 * @param tls when its connections are encrypted
 */
public record ListenerSettings(String name, String address, int port, TlsMode tls) {}
