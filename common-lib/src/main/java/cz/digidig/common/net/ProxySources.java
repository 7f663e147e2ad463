package cz.digidig.common.net;

import java.net.InetAddress;
import java.util.List;

/**
 * Who stands between clients and a listener.
 *
 * @param expected whether every connection begins with a PROXY header, which says whose it is
 * @param trusted the networks whose headers are believed; others get no connection
 */
public record ProxySources(boolean expected, List<Network> trusted) {
    /** Nobody: clients connect by themselves. */
    public static final ProxySources NONE = new ProxySources(false, List.of());

    public ProxySources {
        trusted = List.copyOf(trusted);
    }

    boolean trusts(InetAddress peer) {
        return trusted.stream().anyMatch(network -> network.contains(peer));
    }
}
