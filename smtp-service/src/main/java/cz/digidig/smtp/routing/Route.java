package cz.digidig.smtp.routing;

import cz.digidig.smtp.client.RemoteHost;
import cz.digidig.smtp.protocol.EnhancedStatus;
import java.util.List;

/** Where mail for a domain goes. */
public sealed interface Route {
    /** To one of these, in this order; one or more. */
    record Hosts(List<RemoteHost> hosts) implements Route {
        public Hosts {
            hosts = List.copyOf(hosts);
        }
    }

    /** Nowhere, for good. */
    record Nowhere(EnhancedStatus status, String why) implements Route {}

    /** Nobody can tell now. */
    record Unknown(EnhancedStatus status, String why) implements Route {}
}
