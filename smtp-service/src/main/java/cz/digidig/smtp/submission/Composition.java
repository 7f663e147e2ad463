package cz.digidig.smtp.submission;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.smtp.submission.NewMessage.Attachment;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message made from its parts: text and HTML as alternatives, with them what HTML shows, beside them the files. Names
 * and texts are encoded by RFC 2047 and RFC 2231 where they are not ASCII, addresses stand as they are (RFC 6532). Date
 * and Message-ID are added as to every user's message.
 */
final class Composition {
    private static final int MOST_PARTIES = 10_000;
    private static final int MOST_ATTACHMENTS = 200;
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_VALUE = 10_000;
    private static final String UTF_8 = "utf-8";
    private static final Pattern FIELD_NAME = Pattern.compile("[!-9;-~]{1,76}");
    private static final Pattern CONTENT_ID = Pattern.compile("[!-;=?-~]{1,200}");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s\\p{Cntrl}]{1,990}>");

    /** Fields that have a place of their own in the request, or that others write. */
    private static final Set<String> RESERVED = Set.of(
            "from",
            "to",
            "cc",
            "bcc",
            "sender",
            "reply-to",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "received",
            "return-path",
            "delivered-to",
            "dkim-signature",
            "authentication-results");

    private final NewMessage message;
    private final List<FieldProblem> problems = new ArrayList<>();
    private final EmailAddress from;
    private final List<EmailAddress> recipients = new ArrayList<>();
    private final InternetAddress author;
    private final List<InternetAddress> to;
    private final List<InternetAddress> cc;
    private final List<InternetAddress> bcc;
    private final List<InternetAddress> replyTo;

    /**
     * Checks all of it.
     *
     * @param own the author where none is named
     * @throws InvalidFields with everything that is wrong
     */
    Composition(NewMessage message, EmailAddress own) {
        this.message = message;
        Party named = message.from() == null ? new Party("", own.toString()) : message.from();
        this.from = named.parsed().orElse(own);
        this.author = one("from", named);
        this.to = parties("to", message.to(), true);
        this.cc = parties("cc", message.cc(), true);
        this.bcc = parties("bcc", message.bcc(), true);
        this.replyTo = parties("replyTo", message.replyTo(), false);
        if (recipients.isEmpty() && problems.isEmpty()) {
            problems.add(new FieldProblem("to", "there is no recipient"));
        }
        checkHeaders();
        checkAttachments();
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
    }

    EmailAddress from() {
        return from;
    }

    List<EmailAddress> recipients() {
        return recipients;
    }

    private InternetAddress one(String field, Party party) {
        if (party.parsed().isEmpty()) {
            problems.add(new FieldProblem(field, "not an address"));
        }
        try {
            InternetAddress address = new InternetAddress();
            address.setAddress(party.parsed().map(EmailAddress::toString).orElse(""));
            if (!party.name().isEmpty()) {
                address.setPersonal(party.name(), UTF_8);
            }
            return address;
        } catch (UnsupportedEncodingException missing) {
            throw new IllegalStateException("every JDK has UTF-8", missing);
        }
    }

    private List<InternetAddress> parties(String field, @Nullable List<Party> named, boolean recipient) {
        List<InternetAddress> all = new ArrayList<>();
        List<Party> list = named == null ? List.of() : named;
        if (list.size() > MOST_PARTIES) {
            problems.add(new FieldProblem(field, "more than " + MOST_PARTIES + " addresses"));
            return all;
        }
        for (int i = 0; i < list.size(); i++) {
            Party party = list.get(i);
            all.add(one(field + "[" + i + "]", party));
            if (recipient) {
                party.parsed().ifPresent(recipients::add);
            }
        }
        return all;
    }

    private void checkHeaders() {
        text("subject", message.subject());
        if (message.inReplyTo() != null
                && !MESSAGE_ID.matcher(message.inReplyTo()).matches()) {
            problems.add(new FieldProblem("inReplyTo", "not a Message-ID in angle brackets"));
        }
        for (String reference : references()) {
            if (!MESSAGE_ID.matcher(reference).matches()) {
                problems.add(new FieldProblem("references", "not Message-IDs in angle brackets"));
                break;
            }
        }
        if (headers().size() > MOST_HEADERS || references().size() > MOST_HEADERS) {
            problems.add(new FieldProblem("headers", "more than " + MOST_HEADERS + " fields or references"));
        }
        headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!FIELD_NAME.matcher(name).matches()) {
                problems.add(new FieldProblem("headers", "not a field's name: " + name));
            } else if (RESERVED.contains(lower) || lower.startsWith("content-") || lower.startsWith("resent-")) {
                problems.add(new FieldProblem("headers." + name, "can't be set here"));
            }
            text("headers." + name, value);
        });
    }

    private void text(String field, @Nullable String value) {
        if (value != null
                && (value.length() > LONGEST_VALUE
                        || value.chars().anyMatch(c -> (c != '\t' && c < ' ') || c == 0x7f))) {
            problems.add(new FieldProblem(field, "too long, or with line ends or other control characters"));
        }
    }

    private void checkAttachments() {
        List<Attachment> files = attachments();
        if (files.size() > MOST_ATTACHMENTS) {
            problems.add(new FieldProblem("attachments", "more than " + MOST_ATTACHMENTS));
        }
        for (int i = 0; i < files.size(); i++) {
            String field = "attachments[" + i + "]";
            Attachment file = files.get(i);
            if (file.content() == null) {
                problems.add(new FieldProblem(field + ".content", "missing"));
            }
            text(field + ".name", file.name());
            if (file.cid() != null && !CONTENT_ID.matcher(file.cid()).matches()) {
                problems.add(new FieldProblem(field + ".cid", "not a Content-ID without its brackets"));
            }
            try {
                ContentType type = new ContentType(type(file));
                if (type.match("multipart/*")) {
                    problems.add(new FieldProblem(field + ".type", "a file can't be multipart"));
                }
            } catch (ParseException unreadable) {
                problems.add(new FieldProblem(field + ".type", "not a media type"));
            }
        }
    }

    private static String type(Attachment file) {
        return file.type() == null ? "application/octet-stream" : file.type();
    }

    private Map<String, String> headers() {
        return message.headers() == null ? Map.of() : message.headers();
    }

    private List<String> references() {
        return message.references() == null ? List.of() : message.references();
    }

    private List<Attachment> attachments() {
        return message.attachments() == null ? List.of() : message.attachments();
    }

    /** Writes the message. */
    void writeTo(OutputStream out) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        try {
            MimeMessage mime = new WithoutId(Session.getInstance(properties));
            mime.setHeader("From", line(List.of(author), "From"));
            addresses(mime, "To", to);
            addresses(mime, "Cc", cc);
            // Who takes the message leaves it out, for all but the sender's own copy.
            addresses(mime, "Bcc", bcc);
            addresses(mime, "Reply-To", replyTo);
            if (message.subject() != null) {
                mime.setSubject(message.subject(), UTF_8);
            }
            if (message.inReplyTo() != null) {
                mime.setHeader("In-Reply-To", message.inReplyTo());
            }
            if (!references().isEmpty()) {
                mime.setHeader("References", MimeUtility.fold(12, String.join(" ", references())));
            }
            for (Map.Entry<String, String> header : headers().entrySet()) {
                String encoded = MimeUtility.encodeText(header.getValue(), UTF_8, null);
                mime.setHeader(header.getKey(), MimeUtility.fold(header.getKey().length() + 2, encoded));
            }
            body(mime);
            mime.saveChanges();
            mime.removeHeader("Date");
            mime.writeTo(out);
        } catch (MessagingException unwritable) {
            throw new IOException("the message can't be composed: " + unwritable.getMessage(), unwritable);
        }
    }

    private static void addresses(MimeMessage mime, String field, List<InternetAddress> addresses)
            throws MessagingException {
        if (!addresses.isEmpty()) {
            mime.setHeader(field, line(addresses, field));
        }
    }

    private static String line(List<InternetAddress> addresses, String field) {
        return InternetAddress.toString(addresses.toArray(InternetAddress[]::new), field.length() + 2);
    }

    private void body(Part whole) throws MessagingException {
        List<Attachment> shown = new ArrayList<>();
        List<Attachment> files = new ArrayList<>();
        for (Attachment attachment : attachments()) {
            (attachment.cid() != null && message.html() != null ? shown : files).add(attachment);
        }
        if (files.isEmpty()) {
            words(whole, shown);
            return;
        }
        Multipart mixed = new MimeMultipart("mixed");
        MimeBodyPart first = new MimeBodyPart();
        words(first, shown);
        mixed.addBodyPart(first);
        for (Attachment attachment : files) {
            mixed.addBodyPart(file(attachment, Part.ATTACHMENT));
        }
        whole.setContent(mixed);
    }

    /** Text, HTML, or both as alternatives (RFC 2046 §5.1.4). */
    private void words(Part part, List<Attachment> shown) throws MessagingException {
        String html = message.html();
        if (html == null) {
            text(part, message.text() == null ? "" : message.text(), "plain");
            return;
        }
        if (message.text() == null) {
            html(part, html, shown);
            return;
        }
        Multipart alternative = new MimeMultipart("alternative");
        MimeBodyPart plain = new MimeBodyPart();
        text(plain, message.text(), "plain");
        alternative.addBodyPart(plain);
        MimeBodyPart rich = new MimeBodyPart();
        html(rich, html, shown);
        alternative.addBodyPart(rich);
        part.setContent(alternative);
    }

    /** HTML with what it shows (RFC 2387). */
    private static void html(Part part, String html, List<Attachment> shown) throws MessagingException {
        if (shown.isEmpty()) {
            text(part, html, "html");
            return;
        }
        Multipart related = new MimeMultipart("related");
        MimeBodyPart root = new MimeBodyPart();
        text(root, html, "html");
        related.addBodyPart(root);
        for (Attachment attachment : shown) {
            related.addBodyPart(file(attachment, Part.INLINE));
        }
        part.setContent(related);
    }

    private static void text(Part part, String text, String kind) throws MessagingException {
        String lines = text.replaceAll("\r\n|\r|\n", "\r\n");
        byte[] octets = lines.getBytes(StandardCharsets.UTF_8);
        String type = "text/" + kind + "; charset=utf-8";
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(octets, type)));
        part.setHeader("Content-Type", type);
        part.setHeader("Content-Transfer-Encoding", encoding(octets));
    }

    /** Quoted-printable wherever a line or an octet would not pass every server as it is. */
    private static String encoding(byte[] octets) {
        int line = 0;
        for (byte octet : octets) {
            line = octet == '\n' ? 0 : line + 1;
            if (octet < 0 || line > 900 || (octet < ' ' && octet != '\t' && octet != '\r' && octet != '\n')) {
                return "quoted-printable";
            }
        }
        return "7bit";
    }

    private static MimeBodyPart file(Attachment attachment, String disposition) throws MessagingException {
        byte[] content = attachment.content();
        MimeBodyPart part = new MimeBodyPart();
        boolean isMessage = new ContentType(type(attachment)).match("message/*");
        // A message may not be encoded (RFC 2046 §5.2.1).
        byte[] octets = content == null ? new byte[0] : isMessage ? wholeLines(content) : content;
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(octets, "application/octet-stream")));
        part.setHeader("Content-Type", type(attachment));
        part.setHeader("Content-Transfer-Encoding", isMessage ? "8bit" : "base64");
        part.setDisposition(disposition);
        if (attachment.name() != null) {
            part.setFileName(attachment.name());
        }
        if (attachment.cid() != null) {
            part.setContentID("<" + attachment.cid() + ">");
        }
        return part;
    }

    private static byte[] wholeLines(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1)
                .replaceAll("\r\n|\r|\n", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Leaves the Message-ID to who takes the message. */
    private static final class WithoutId extends MimeMessage {
        WithoutId(Session session) {
            super(session);
        }

        @Override
        protected void updateMessageID() {}
    }
}
