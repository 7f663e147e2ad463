package cz.digidig.identity.passkey;

import java.net.URI;
import java.util.Set;

/**
 * What browsers bind passkeys to: the host of this service's public URL. Browsers take names alone, no IP addresses, so a
 * service at {@code 127.0.0.1} has its passkeys at {@code localhost}.
 *
 * @param host the relying party's id
 * @param origin the only one that a passkey's answer may come from
 */
record RelyingParty(String host, String origin) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

    static RelyingParty at(URI publicUrl) {
        String host = LOOPBACK.contains(publicUrl.getHost()) ? "localhost" : publicUrl.getHost();
        String port = publicUrl.getPort() < 0 ? "" : ":" + publicUrl.getPort();
        return new RelyingParty(host, publicUrl.getScheme() + "://" + host + port);
    }
}
