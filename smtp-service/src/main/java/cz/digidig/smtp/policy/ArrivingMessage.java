package cz.digidig.smtp.policy;

import cz.digidig.smtp.dns.BoundedDns;
import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.mailauth.MessageHeader;
import cz.digidig.smtp.mailauth.MessageSplitter;
import cz.digidig.smtp.mailauth.dkim.DkimResult;
import cz.digidig.smtp.mailauth.dkim.DkimVerifier;
import cz.digidig.smtp.mailauth.dkim.SignedIdentity;
import cz.digidig.smtp.mailauth.dmarc.AuthorDomains;
import cz.digidig.smtp.mailauth.dmarc.DmarcCheck;
import cz.digidig.smtp.mailauth.dmarc.DmarcResult;
import cz.digidig.smtp.mailauth.dmarc.Policy;
import cz.digidig.smtp.mailauth.results.ForeignResults;
import cz.digidig.smtp.mailauth.spf.SpfResult;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.settings.BlockList;
import cz.digidig.smtp.settings.Checks;
import cz.digidig.smtp.settings.Checks.Mode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message's octets as they come from outside, on their way to the spool: hashed, rid of forged results, judged. */
public final class ArrivingMessage extends OutputStream {
    private static final Logger LOG = LoggerFactory.getLogger(ArrivingMessage.class);
    private static final EnhancedStatus NO_GOOD_SIGNATURE = new EnhancedStatus(5, 7, 20);
    private static final EnhancedStatus NOT_AUTHENTIC = new EnhancedStatus(5, 7, 26);

    private final Arrival arrival;
    private final ForeignResults passage;
    private final DkimVerifier signatures;
    private final @Nullable MessageSplitter splitter;
    private MessageHeader header = new MessageHeader(List.of(), true);

    private final class Parts implements MessageSplitter.Parts {
        @Override
        public void header(MessageHeader read) {
            header = read;
            signatures.header(read);
        }

        @Override
        public void body(byte[] octets, int offset, int count) {
            signatures.body(octets, offset, count);
        }
    }

    ArrivingMessage(Arrival arrival, OutputStream out) {
        this.arrival = arrival;
        this.passage = new ForeignResults(out, arrival.settings().hostname());
        this.signatures = new DkimVerifier(arrival.clock().instant());
        this.splitter = arrival.authenticates() ? new MessageSplitter(new Parts()) : null;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int count) throws IOException {
        passage.write(octets, offset, count);
        if (splitter != null) {
            splitter.write(octets, offset, count);
        }
    }

    /** Judges the message, which is at its end. Asks the DNS, for {@link ArrivalPolicy#PATIENCE} at most. */
    public MessageVerdict judge() throws IOException {
        passage.finish();
        if (splitter != null) {
            splitter.close();
        }
        return arrival.known().isPresent()
                ? judge(arrival.known().get())
                : new MessageVerdict.Taken(new byte[0], false);
    }

    private MessageVerdict judge(Arrival.Known known) {
        Checks checks = arrival.settings().checks();
        Dns dns = new BoundedDns(arrival.dns(), ArrivalPolicy.PATIENCE, ArrivalPolicy.MOST_LOOKUPS);
        List<DkimResult> dkim = arrival.authenticates() ? signatures.results(dns) : List.of();
        Optional<DmarcResult> dmarc =
                checks.dmarc() == Mode.OFF ? Optional.empty() : Optional.of(dmarc(known, dkim, dns));
        Optional<SmtpReply> refusal = refusal(checks, dkim, dmarc);
        boolean quarantined = checks.dmarc() == Mode.ENFORCE
                && dmarc.isPresent()
                && dmarc.get().applied() == Policy.QUARANTINE;
        boolean junk = quarantined
                || known.findings()
                        .listed()
                        .filter(listing -> listing.list().action() == BlockList.Action.JUNK)
                        .isPresent();
        dmarc.filter(result -> !result.policyDomain().isEmpty()).ifPresent(result -> arrival.counts()
                .add(DmarcRow.of(
                        known,
                        result,
                        dkim,
                        refusal.isPresent() ? Policy.REJECT : quarantined ? Policy.QUARANTINE : Policy.NONE)));
        if (refusal.isPresent()) {
            LOG.atInfo()
                    .addKeyValue("client", known.client().address().getHostAddress())
                    .addKeyValue("sender", known.from())
                    .log("message not authentic: {}", refusal.get().lines().getFirst());
            return new MessageVerdict.Refused(refusal.get());
        }
        return new MessageVerdict.Taken(ResultsField.of(arrival.settings(), known, dkim, dmarc), junk);
    }

    private DmarcResult dmarc(Arrival.Known known, List<DkimResult> dkim, Dns dns) {
        boolean passed = known.spf().outcome() == SpfResult.Outcome.PASS;
        boolean unknown = known.spf().outcome() == SpfResult.Outcome.TEMPERROR;
        Set<String> authors = AuthorDomains.of(header);
        DmarcCheck.Authenticated found = new DmarcCheck.Authenticated(
                passed ? known.spfDomain() : "", unknown, domains(dkim, "pass"), domains(dkim, "temperror"));
        return DmarcCheck.evaluate(authors, found, arrival.sample(), dns);
    }

    private static List<String> domains(List<DkimResult> results, String word) {
        return results.stream()
                .filter(result -> result.word().equals(word))
                .flatMap(result -> result.signer().stream())
                .map(SignedIdentity::domain)
                .toList();
    }

    private static Optional<SmtpReply> refusal(Checks checks, List<DkimResult> dkim, Optional<DmarcResult> dmarc) {
        if (checks.dmarc() == Mode.ENFORCE && dmarc.isPresent()) {
            DmarcResult result = dmarc.get();
            if (result.applied() == Policy.REJECT) {
                return Optional.of(SmtpReply.of(
                        550,
                        NOT_AUTHENTIC,
                        "Neither SPF nor DKIM passes for " + result.author() + ", whose policy is to reject (DMARC)"));
            }
            if (result.outcome() == DmarcResult.Outcome.PERMERROR) {
                return Optional.of(SmtpReply.of(
                        550, EnhancedStatus.BAD_CONTENT, "The From field names no author whose domain can be asked"));
            }
        }
        boolean anyBad = dkim.stream().anyMatch(result -> result instanceof DkimResult.Fail);
        boolean allBad = dkim.stream()
                .allMatch(result -> result instanceof DkimResult.Fail
                        || result instanceof DkimResult.PermError
                        || result instanceof DkimResult.Neutral);
        return checks.dkim() == Mode.ENFORCE && anyBad && allBad
                ? Optional.of(SmtpReply.of(550, NO_GOOD_SIGNATURE, "None of the message's DKIM signatures is good"))
                : Optional.empty();
    }
}
