package cz.digidig.smtp.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import cz.digidig.smtp.client.Outcome;
import cz.digidig.smtp.mailauth.HeaderField;
import cz.digidig.smtp.mailauth.MessageHeader;
import cz.digidig.smtp.mailauth.MessageSplitter;
import cz.digidig.smtp.mailauth.dkim.DkimSigner;
import cz.digidig.smtp.mailauth.dkim.SigningKey;
import cz.digidig.smtp.protocol.AuthorField;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.spool.QueueId;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.QueuedMessage.Destination;
import cz.digidig.smtp.spool.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fields that mail to elsewhere gets at its top: the signatures of its author's domain, where that is served here and
 * the mail is a user's or our own report (RFC 6376); and of mail that an alias forwards, a mark by which it is known
 * should it come back (RFC 5321 §6.3). The octets below stay as they are, so other signatures keep holding.
 */
final class OutgoingFields {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingFields.class);
    private static final String MARK = "Delivered-To";
    private static final int MOST_SIGNED = 2000;
    private static final Duration SIGNATURE_KEPT = Duration.ofMinutes(10);
    /** How many parents of a host's name are asked for keys. */
    private static final int MOST_PARENTS = 3;

    private final Spool spool;
    private final SigningKeys keys;
    private final Clock clock;
    /** One signature serves all destinations of a message, and attempts that follow soon. */
    private final Cache<QueueId, byte[]> signatures = Caffeine.newBuilder()
            .maximumSize(MOST_SIGNED)
            .expireAfterWrite(SIGNATURE_KEPT)
            .build();

    OutgoingFields(Spool spool, SigningKeys keys, Clock clock) {
        this.spool = spool;
        this.keys = keys;
        this.clock = clock;
    }

    /** What goes before the message. */
    sealed interface Answer {
        /** These octets. */
        record Fields(byte[] octets) implements Answer {}

        /** It can't go. */
        record Stopped(Outcome outcome) implements Answer {}
    }

    /** The alias that leads to a destination; empty: the sender named the destination itself. */
    static String alias(Destination destination) {
        String named = destination.recipient().address();
        return named.equals(destination.target().text()) ? "" : named;
    }

    /**
     * For destinations that the same alias leads to, or none.
     *
     * @param alias as {@link #alias} says
     */
    Answer of(QueuedMessage message, String alias) {
        try {
            boolean signed = !message.envelope().submitter().isEmpty();
            MessageHeader header = alias.isEmpty() && !signed ? new MessageHeader(List.of(), true) : header(message);
            if (!alias.isEmpty() && passed(header, alias)) {
                return new Answer.Stopped(new Outcome.Refused(
                        EnhancedStatus.MAIL_LOOP,
                        "the message came back to <" + alias + ">, which forwards: a mail loop"));
            }
            byte[] signature = signed ? signature(message, header) : new byte[0];
            byte[] mark = alias.isEmpty()
                    ? new byte[0]
                    : (MARK + ": " + ascii(alias) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] all = new byte[mark.length + signature.length];
            System.arraycopy(mark, 0, all, 0, mark.length);
            System.arraycopy(signature, 0, all, mark.length, signature.length);
            return new Answer.Fields(all);
        } catch (KeysUnknown later) {
            return new Answer.Stopped(
                    new Outcome.Deferred(EnhancedStatus.SYSTEM_TROUBLE, "the domain's signing keys can't be got now"));
        } catch (IOException failed) {
            LOG.atError().setCause(failed).addKeyValue("queueId", message.id()).log("a message can't be read");
            return new Answer.Stopped(
                    new Outcome.Deferred(EnhancedStatus.SYSTEM_TROUBLE, "the message can't be read from the spool"));
        }
    }

    private MessageHeader header(QueuedMessage message) throws IOException {
        MessageHeader[] found = {new MessageHeader(List.of(), true)};
        boolean[] whole = new boolean[1];
        try (InputStream content = spool.content(message);
                MessageSplitter splitter = new MessageSplitter(new MessageSplitter.Parts() {
                    @Override
                    public void header(MessageHeader header) {
                        found[0] = header;
                        whole[0] = true;
                    }

                    @Override
                    public void body(byte[] octets, int offset, int count) {
                        // Only the header matters here.
                    }
                })) {
            byte[] some = new byte[8192];
            int read = content.read(some);
            while (read > 0 && !whole[0]) {
                splitter.write(some, 0, read);
                read = content.read(some);
            }
        }
        return found[0];
    }

    private static boolean passed(MessageHeader header, String alias) {
        return header.named(MARK.toLowerCase(Locale.ROOT)).stream()
                .map(field -> field.value().strip())
                .anyMatch(value -> value.equalsIgnoreCase(ascii(alias)));
    }

    /** An address in a form that passes every server. */
    private static String ascii(String address) {
        return address.chars().allMatch(c -> c > ' ' && c < 0x7f)
                ? address
                : URLEncoder.encode(address, StandardCharsets.UTF_8);
    }

    private byte[] signature(QueuedMessage message, MessageHeader header) throws IOException, KeysUnknown {
        byte[] known = signatures.getIfPresent(message.id());
        if (known != null) {
            return known;
        }
        byte[] made = sign(message, keysFor(header));
        signatures.put(message.id(), made);
        return made;
    }

    /** The keys of the first author's domain, or of the nearest domain above it (a report's is a host's name). */
    private List<SigningKey> keysFor(MessageHeader header) throws KeysUnknown {
        Optional<HeaderField> from = header.named("from").stream().findFirst();
        String domain = from.flatMap(field -> AuthorField.parse(field.value()))
                .map(authors -> authors.getFirst().domain())
                .orElse("");
        for (int i = 0; i < MOST_PARENTS && domain.indexOf('.') > 0; i++) {
            List<SigningKey> found = keys.of(domain).orElseThrow(KeysUnknown::new);
            if (!found.isEmpty()) {
                return found;
            }
            domain = domain.substring(domain.indexOf('.') + 1);
        }
        return List.of();
    }

    private byte[] sign(QueuedMessage message, List<SigningKey> with) throws IOException {
        if (with.isEmpty()) {
            return new byte[0];
        }
        try (DkimSigner signer = new DkimSigner(with, clock.instant());
                InputStream content = spool.content(message)) {
            content.transferTo(signer);
            return signer.signatures();
        } catch (IllegalArgumentException unusable) {
            LOG.atWarn()
                    .setCause(unusable)
                    .addKeyValue("queueId", message.id())
                    .log("a message goes without signature");
            return new byte[0];
        }
    }

    /** Nobody can tell the keys now. */
    private static final class KeysUnknown extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
