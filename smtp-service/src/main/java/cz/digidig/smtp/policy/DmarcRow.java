package cz.digidig.smtp.policy;

import cz.digidig.smtp.mailauth.dkim.DkimResult;
import cz.digidig.smtp.mailauth.dmarc.DmarcResult;
import cz.digidig.smtp.mailauth.dmarc.Policy;
import java.util.List;

/**
 * What messages have in common in an aggregate report (RFC 7489 §7.2 and appendix C).
 *
 * @param policyDomain whose record counted
 * @param author the author's domain
 * @param source the client's address
 * @param disposition what was done: none, quarantine, reject
 * @param dkimAligned whether DKIM passed for the author
 * @param spfAligned whether SPF did
 * @param spfDomain whom SPF was asked of
 * @param spf its result
 * @param dkim signatures, {@code domain/selector=result}
 */
record DmarcRow(
        String policyDomain,
        String author,
        String source,
        String disposition,
        boolean dkimAligned,
        boolean spfAligned,
        String spfDomain,
        String spf,
        List<String> dkim) {
    private static final int MOST_SIGNATURES = 4;

    DmarcRow {
        dkim = List.copyOf(dkim);
    }

    static DmarcRow of(Arrival.Known known, DmarcResult result, List<DkimResult> dkim, Policy done) {
        return new DmarcRow(
                result.policyDomain(),
                result.author(),
                known.client().address().getHostAddress(),
                done.word(),
                result.dkimAligned(),
                result.spfAligned(),
                known.spfDomain(),
                known.spf().word(),
                dkim.stream()
                        .filter(signature -> signature.signer().isPresent())
                        .limit(MOST_SIGNATURES)
                        .map(DmarcRow::text)
                        .toList());
    }

    private static String text(DkimResult signature) {
        return signature
                        .signer()
                        .map(signer -> signer.domain() + "/" + signer.selector())
                        .orElse("")
                + "=" + signature.word();
    }
}
