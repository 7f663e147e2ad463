package cz.digidig.smtp.admin;

import cz.digidig.common.net.TlsMode;
import cz.digidig.common.net.TlsVersion;
import cz.digidig.smtp.server.ListenerStatus;
import cz.digidig.smtp.settings.Role;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the service is.
 *
 * @param hostname as it names itself
 * @param since when it started
 * @param sessions how many are open
 * @param listeners each as it was asked for, and as it is
 * @param tls what clients are shown
 * @param spool what waits
 */
record ServerStatus(
        String hostname, Instant since, int sessions, List<Listener> listeners, Tls tls, SpoolFigures spool) {
    /**
     * One listener.
     *
     * @param port as it was asked for
     * @param boundPort the port that it has; 0: it is not open
     * @param open whether it accepts connections
     * @param connections how many there are
     * @param refused connections refused since it was opened
     */
    record Listener(
            String name,
            String address,
            int port,
            int boundPort,
            TlsMode tls,
            Role role,
            boolean proxyProtocol,
            boolean enabled,
            boolean open,
            int connections,
            long refused) {
        static Listener of(ListenerStatus status) {
            return new Listener(
                    status.settings().name(),
                    status.settings().address(),
                    status.settings().port(),
                    status.boundPort(),
                    status.settings().tls(),
                    status.settings().role(),
                    status.settings().proxyProtocol(),
                    status.settings().enabled(),
                    status.open(),
                    status.connections(),
                    status.refused());
        }
    }

    /**
     * The certificate.
     *
     * @param subject whom it is for
     * @param issuer who says so
     * @param notAfter until when
     * @param daysLeft whole days until then; negative: it is over
     * @param selfSigned nobody but this server says so
     * @param minimumVersion the oldest version of TLS
     */
    record Tls(
            String subject,
            String issuer,
            Instant notAfter,
            long daysLeft,
            boolean selfSigned,
            TlsVersion minimumVersion) {
        static Tls of(X509Certificate certificate, TlsVersion minimum, Instant now) {
            Instant end = certificate.getNotAfter().toInstant();
            return new Tls(
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    end,
                    Duration.between(now, end).toDays(),
                    certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()),
                    minimum);
        }
    }

    /**
     * What waits.
     *
     * @param messages how many
     * @param outbound destinations elsewhere
     * @param oldestSeconds how long the oldest one waits
     * @param accepting whether there is room for more
     */
    record SpoolFigures(int messages, long outbound, long oldestSeconds, boolean accepting) {}
}
