package cz.digidig.smtp.mailauth.dkim;

import cz.digidig.smtp.mailauth.HeaderField;
import cz.digidig.smtp.mailauth.MessageHeader;
import cz.digidig.smtp.mailauth.MessageSplitter;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Signs one message (RFC 6376 §5). Its octets, lines ended by CRLF, are written to it in any pieces and are not kept;
 * {@link #signatures()} then gives the fields to put before it. All keys share one pass.
 */
public final class DkimSigner extends OutputStream {
    private static final int LINE = 76;
    private static final String FOLD = "\r\n\t";

    private final List<SigningKey> keys;
    private final SignedFields fields;
    private final Canonicalization headerForm;
    private final Canonicalization bodyForm;
    private final Instant at;
    private final BodyHash body;
    private final MessageSplitter splitter = new MessageSplitter(new Taken());
    private MessageHeader header = new MessageHeader(List.of(), true);

    private final class Taken implements MessageSplitter.Parts {
        @Override
        public void header(MessageHeader read) {
            header = read;
        }

        @Override
        public void body(byte[] octets, int offset, int count) {
            body.feed(octets, offset, count);
        }
    }

    /** Signs the usual fields in relaxed form, which survives most of what relays do. */
    public DkimSigner(List<SigningKey> keys, Instant at) {
        this(keys, SignedFields.USUAL, Canonicalization.RELAXED, Canonicalization.RELAXED, at);
    }

    /**
     * For one message.
     *
     * @param keys one signature is made for each, in this order
     * @param at the time of signing, {@code t=}
     */
    public DkimSigner(
            List<SigningKey> keys,
            SignedFields fields,
            Canonicalization headerForm,
            Canonicalization bodyForm,
            Instant at) {
        this.keys = List.copyOf(keys);
        this.fields = fields;
        this.headerForm = headerForm;
        this.bodyForm = bodyForm;
        this.at = at;
        this.body = new BodyHash(bodyForm, HashAlgorithm.SHA256, Long.MAX_VALUE);
    }

    @Override
    public void write(int octet) {
        splitter.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int count) {
        splitter.write(octets, offset, count);
    }

    /**
     * The DKIM-Signature fields, each ended by CRLF, once the whole message was written.
     *
     * @throws IllegalArgumentException the header is larger than {@link MessageSplitter#MOST_HEADER}
     */
    public byte[] signatures() {
        splitter.close();
        if (!header.complete()) {
            throw new IllegalArgumentException("the header is too large to sign");
        }
        List<String> names = fields.namesFor(header);
        String bodyHash = Base64.getEncoder().encodeToString(body.finish());
        StringBuilder all = new StringBuilder();
        for (SigningKey key : keys) {
            StringBuilder field = unsigned(key, names, bodyHash);
            byte[] data = SignedData.of(header, names, HeaderField.of(octets(field + "\r\n")), headerForm);
            fold(field, Base64.getEncoder().encodeToString(sign(key, data)));
            all.append(field).append("\r\n");
        }
        return octets(all.toString());
    }

    private StringBuilder unsigned(SigningKey key, List<String> names, String bodyHash) {
        StringBuilder field = new StringBuilder(600);
        field.append("DKIM-Signature: v=1; a=")
                .append(key.algorithm().word())
                .append("; c=")
                .append(headerForm.word())
                .append('/')
                .append(bodyForm.word())
                .append("; d=")
                .append(key.domain())
                .append(';')
                .append(FOLD)
                .append("s=")
                .append(key.selector())
                .append("; t=")
                .append(at.getEpochSecond())
                .append(';')
                .append(FOLD)
                .append("h=");
        int line = 3;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i) + (i + 1 < names.size() ? ":" : ";");
            if (line + name.length() > LINE) {
                field.append(FOLD).append(' ');
                line = 2;
            }
            field.append(name);
            line += name.length();
        }
        return field.append(FOLD)
                .append("bh=")
                .append(bodyHash)
                .append(';')
                .append(FOLD)
                .append("b=");
    }

    private static void fold(StringBuilder field, String value) {
        int room = LINE - 3;
        for (int start = 0; start < value.length(); ) {
            int end = Math.min(value.length(), start + room);
            field.append(value, start, end);
            start = end;
            if (start < value.length()) {
                field.append(FOLD).append(' ');
            }
        }
    }

    private static byte[] sign(SigningKey key, byte[] data) {
        if (key.algorithm().signsHash()) {
            byte[] hash = key.algorithm().hash().digest().digest(data);
            return EdwardsSignature.sign(key.key(), hash);
        }
        try {
            Signature signature = Signature.getInstance(key.algorithm().standardName());
            signature.initSign(key.key());
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("the key " + key + " can't sign", unusable);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
