package cz.digidig.smtp.mailauth.dkim;

import cz.digidig.smtp.dns.Dns;
import cz.digidig.smtp.dns.DnsAnswer;
import cz.digidig.smtp.mailauth.HeaderField;
import cz.digidig.smtp.mailauth.MessageHeader;
import cz.digidig.smtp.mailauth.MessageSplitter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the signatures of one message (RFC 6376 §6). It gets the message's parts as they pass and asks for keys when
 * the message is at its end. Of many signatures the topmost are judged, so that a message costs little however many
 * it carries.
 */
public final class DkimVerifier implements MessageSplitter.Parts {
    /** The most signatures that are judged. */
    public static final int MOST_SIGNATURES = 10;

    private static final int MOST_RECORDS = 4;
    private static final int LEAST_RSA_BITS = 1024;
    private static final String NAME = "dkim-signature";

    private final Instant now;
    private final List<DkimSignature> signatures = new ArrayList<>();
    private final List<DkimResult> unusable = new ArrayList<>();
    private final Map<Hashing, BodyHash> hashes = new HashMap<>();
    private MessageHeader header = new MessageHeader(List.of(), true);

    /** One way to hash the body; signatures that hash alike share it. */
    private record Hashing(Canonicalization form, HashAlgorithm algorithm, long most) {
        static Hashing of(DkimSignature signature) {
            return new Hashing(signature.bodyForm(), signature.algorithm().hash(), signature.bodyLength());
        }
    }

    private record Hashed(byte[] value, long length) {}

    /**
     * For one message.
     *
     * @param now when it came, for signatures that expire
     */
    public DkimVerifier(Instant now) {
        this.now = now;
    }

    @Override
    public void header(MessageHeader read) {
        header = read;
        read.named(NAME).stream().limit(MOST_SIGNATURES).forEach(this::begin);
    }

    private void begin(HeaderField field) {
        try {
            if (!header.complete()) {
                throw Unusable.broken("the header is too large");
            }
            DkimSignature signature = DkimSignature.parse(field);
            hashes.computeIfAbsent(Hashing.of(signature), way -> new BodyHash(way.form(), way.algorithm(), way.most()));
            signatures.add(signature);
        } catch (Unusable why) {
            unusable.add(result(Optional.empty(), why));
        }
    }

    @Override
    public void body(byte[] octets, int offset, int count) {
        hashes.values().forEach(hash -> hash.feed(octets, offset, count));
    }

    /** Whether there is anything to judge. */
    public boolean signed() {
        return !signatures.isEmpty() || !unusable.isEmpty();
    }

    /**
     * The results, those of usable signatures first, each from top to bottom; none: the message is not signed. The
     * message is at its end.
     */
    public List<DkimResult> results(Dns dns) {
        Map<Hashing, Hashed> finished = new HashMap<>();
        hashes.forEach((way, hash) -> finished.put(way, new Hashed(hash.finish(), hash.length())));
        List<DkimResult> results = new ArrayList<>();
        for (DkimSignature signature : signatures) {
            try {
                Hashed body = finished.getOrDefault(Hashing.of(signature), new Hashed(new byte[0], 0));
                results.add(judge(signature, body, dns));
            } catch (Unusable why) {
                results.add(result(Optional.of(signature.identity()), why));
            }
        }
        results.addAll(unusable);
        return results;
    }

    private static DkimResult result(Optional<SignedIdentity> identity, Unusable why) {
        return why.isIgnored()
                ? new DkimResult.Neutral(identity, why.why())
                : new DkimResult.PermError(identity, why.why());
    }

    private DkimResult judge(DkimSignature signature, Hashed body, Dns dns) throws Unusable {
        // What needs no DNS first.
        if (signature.bodyLength() != Long.MAX_VALUE && signature.bodyLength() > body.length()) {
            throw Unusable.broken("l= is longer than the body");
        }
        if (!MessageDigest.isEqual(signature.bodyHash(), body.value())) {
            return fail(signature, "the body was changed");
        }
        if (signature.expiry().isPresent() && signature.expiry().get().isBefore(now)) {
            return fail(signature, "the signature has expired");
        }
        return switch (dns.text(signature.identity().keyName())) {
            case DnsAnswer.Missing<String> missing -> throw Unusable.broken("there is no key");
            case DnsAnswer.Failed<String> failed ->
                new DkimResult.TempError(signature.identity(), "the key can't be had: " + failed.why());
            case DnsAnswer.Found<String> found -> byRecords(signature, body, found.records());
        };
    }

    /** More than one record is undefined (RFC 6376 §3.6.2.2): the first that verifies counts. */
    private DkimResult byRecords(DkimSignature signature, Hashed body, List<String> records) throws Unusable {
        byte[] data = SignedData.of(header, signature.names(), signature.field(), signature.headerForm());
        Optional<Unusable> bad = Optional.empty();
        for (String record : records.subList(0, Math.min(MOST_RECORDS, records.size()))) {
            try {
                KeyRecord key = KeyRecord.parse(record, signature);
                if (verifies(signature, key, data)) {
                    return new DkimResult.Valid(
                            signature.identity(), signature.algorithm(), weaknesses(signature, key, body));
                }
                bad = Optional.empty();
            } catch (Unusable why) {
                bad = Optional.of(why);
            }
        }
        if (bad.isPresent()) {
            throw bad.get();
        }
        return fail(signature, "the signature does not verify");
    }

    private static boolean verifies(DkimSignature signature, KeyRecord key, byte[] data) {
        SignatureAlgorithm algorithm = signature.algorithm();
        if (algorithm.signsHash()) {
            byte[] hash = algorithm.hash().digest().digest(data);
            return EdwardsSignature.verify(key.key(), hash, signature.value());
        }
        try {
            Signature verifier = Signature.getInstance(algorithm.standardName());
            verifier.initVerify(key.key());
            verifier.update(data);
            return verifier.verify(signature.value());
        } catch (GeneralSecurityException malformed) {
            // A signature of the wrong length, among others.
            return false;
        }
    }

    private static Set<Weakness> weaknesses(DkimSignature signature, KeyRecord key, Hashed body) {
        Set<Weakness> weaknesses = EnumSet.noneOf(Weakness.class);
        boolean rsa = signature.algorithm() != SignatureAlgorithm.ED25519_SHA256;
        if (rsa && key.bits() < LEAST_RSA_BITS) {
            weaknesses.add(Weakness.SHORT_KEY);
        }
        if (signature.algorithm() == SignatureAlgorithm.RSA_SHA1) {
            weaknesses.add(Weakness.SHA1);
        }
        if (!signature.versioned()) {
            weaknesses.add(Weakness.NO_VERSION);
        }
        if (signature.bodyLength() < body.length()) {
            weaknesses.add(Weakness.PARTIAL_BODY);
        }
        if (key.testing()) {
            weaknesses.add(Weakness.TESTING);
        }
        return weaknesses;
    }

    private static DkimResult fail(DkimSignature signature, String why) {
        return new DkimResult.Fail(signature.identity(), signature.algorithm(), why);
    }
}
