package cz.digidig.common.observability;

import cz.digidig.common.net.TlsContext;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Shows when a TLS certificate expires, so that somebody can be told in time. */
public final class CertificateGauge {
    private CertificateGauge() {}

    /**
     * Registers {@code digidig_tls_certificate_expiry_seconds}: the certificate's end in seconds since 1970.
     *
     * @param tls the certificate in use, also after it was replaced
     */
    public static TlsContext watched(TlsContext tls, MeterRegistry registry) {
        Gauge.builder("digidig.tls.certificate.expiry", tls, CertificateGauge::end)
                .description("when the certificate in use expires, in seconds since 1970")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        return tls;
    }

    private static double end(TlsContext tls) {
        // Looks for new files, as a new connection would.
        tls.sslContext();
        return tls.certificate().getNotAfter().toInstant().getEpochSecond();
    }
}
