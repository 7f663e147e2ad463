package cz.digidig.smtp.mailauth.dkim;

import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.mailauth.MessageSplitter;
import java.time.Instant;
import java.util.List;

/** Verifies a message that is at hand whole. */
final class Verification {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Verification() {}

    static List<DkimResult> of(byte[] message, Dns dns) {
        return of(message, message.length, dns);
    }

    /** As it comes in pieces of that many octets. */
    static List<DkimResult> of(byte[] message, int piece, Dns dns) {
        DkimVerifier verifier = new DkimVerifier(NOW);
        MessageSplitter splitter = new MessageSplitter(verifier);
        for (int from = 0; from < message.length; from += piece) {
            splitter.write(message, from, Math.min(piece, message.length - from));
        }
        splitter.close();
        return verifier.results(dns);
    }
}
