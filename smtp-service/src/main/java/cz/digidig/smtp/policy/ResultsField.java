package cz.digidig.smtp.policy;

import cz.digidig.smtp.mailauth.dkim.DkimResult;
import cz.digidig.smtp.mailauth.dkim.SignedIdentity;
import cz.digidig.smtp.mailauth.dmarc.DmarcResult;
import cz.digidig.smtp.mailauth.results.AuthenticationResults;
import cz.digidig.smtp.mailauth.results.MethodResult;
import cz.digidig.smtp.policy.ClientFindings.Finding;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.settings.Checks;
import cz.digidig.smtp.settings.Checks.Mode;
import cz.digidig.smtp.settings.SmtpSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what was found as one Authentication-Results field (RFC 8601 §2.7; lists: RFC 8904). */
final class ResultsField {
    private ResultsField() {}

    /** The field's octets; empty where nothing was checked. */
    static byte[] of(SmtpSettings settings, Arrival.Known known, List<DkimResult> dkim, Optional<DmarcResult> dmarc) {
        Checks checks = settings.checks();
        List<MethodResult> results = new ArrayList<>();
        client(known, results);
        if (checks.spf() != Mode.OFF) {
            results.add(spf(known));
        }
        if (checks.dkim() != Mode.OFF) {
            if (dkim.isEmpty()) {
                results.add(new MethodResult("dkim", "none", "", Map.of()));
            }
            dkim.forEach(result -> results.add(dkim(result)));
        }
        dmarc.ifPresent(result -> results.add(dmarc(result)));
        return results.isEmpty() ? new byte[0] : new AuthenticationResults(settings.hostname(), results).octets();
    }

    private static void client(Arrival.Known known, List<MethodResult> results) {
        ClientFindings found = known.findings();
        String address = known.client().address().getHostAddress();
        if (found.reverse() != Finding.SKIPPED) {
            results.add(new MethodResult(
                    "iprev",
                    found.reverse() == Finding.UNKNOWN
                            ? "temperror"
                            : found.reverse().word(),
                    found.name().isEmpty() ? "" : "the client is " + found.name(),
                    Map.of("policy.iprev", address)));
        }
        if (found.hello() != Finding.SKIPPED) {
            results.add(new MethodResult(
                    "x-hello",
                    found.hello().word(),
                    "",
                    Map.of("smtp.helo", known.client().hello())));
        }
        if (!found.allowed().isEmpty()) {
            results.add(new MethodResult("dnswl", "pass", "", Map.of("dns.zone", found.allowed())));
        }
        found.listed()
                .ifPresent(listing -> results.add(new MethodResult(
                        "x-dnsbl",
                        "fail",
                        "listed as " + listing.answer(),
                        Map.of("dns.zone", listing.list().zone()))));
    }

    private static MethodResult spf(Arrival.Known known) {
        boolean named = known.from() instanceof ReversePath.Mailbox;
        return new MethodResult(
                "spf",
                known.spf().word(),
                known.spf().why(),
                named
                        ? Map.of("smtp.mailfrom", known.from().toString())
                        : Map.of("smtp.helo", known.client().hello()));
    }

    private static MethodResult dkim(DkimResult result) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (result.signer().isPresent()) {
            SignedIdentity signer = result.signer().get();
            properties.put("header.d", signer.domain());
            properties.put("header.s", signer.selector());
            properties.put("header.b", signer.mark());
            algorithm(result).ifPresent(word -> properties.put("header.a", word));
        }
        return new MethodResult("dkim", result.word(), result.why(), properties);
    }

    private static Optional<String> algorithm(DkimResult result) {
        return switch (result) {
            case DkimResult.Valid valid -> Optional.of(valid.algorithm().word());
            case DkimResult.Fail fail -> Optional.of(fail.algorithm().word());
            case DkimResult.PermError error -> Optional.empty();
            case DkimResult.Neutral neutral -> Optional.empty();
            case DkimResult.TempError error -> Optional.empty();
        };
    }

    private static MethodResult dmarc(DmarcResult result) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("header.from", result.author());
        if (!result.policyDomain().isEmpty()) {
            properties.put("policy.dmarc", result.published().word());
        }
        return new MethodResult("dmarc", result.word(), result.why(), properties);
    }
}
