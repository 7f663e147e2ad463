package cz.digidig.client.discovery;

import cz.digidig.common.net.TlsMode;

/**
 * How mail programs are set up for a domain, in the form that Thunderbird and others ask for (autoconfig, config-v1.1).
 * TLS from the first octet comes first (RFC 8314 §3).
 *
 * @param domain in normal form, which needs no escaping
 * @param host the mail server
 */
record ProgramSetup(String domain, String host) {
    String xml() {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <clientConfig version="1.1">
              <emailProvider id="%1$s">
                <domain>%1$s</domain>
                <displayName>%1$s</displayName>
                <displayShortName>%1$s</displayShortName>
            %2$s  </emailProvider>
            </clientConfig>
            """.formatted(
                        domain,
                        server("incomingServer", "imap", 993, TlsMode.IMPLICIT)
                                + server("incomingServer", "imap", 143, TlsMode.STARTTLS)
                                + server("outgoingServer", "smtp", 465, TlsMode.IMPLICIT)
                                + server("outgoingServer", "smtp", 587, TlsMode.STARTTLS));
    }

    private String server(String element, String protocol, int port, TlsMode tls) {
        return """
                <%1$s type="%2$s">
                  <hostname>%3$s</hostname>
                  <port>%4$d</port>
                  <socketType>%5$s</socketType>
                  <authentication>password-cleartext</authentication>
                  <username>%%EMAILADDRESS%%</username>
                </%1$s>
            """.formatted(element, protocol, host, port, tls == TlsMode.IMPLICIT ? "SSL" : "STARTTLS");
    }
}
