package cz.digidig.client.compose;

import cz.digidig.client.preferences.Identity;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/** Writes a draft as a message. */
final class MimeWriter {
    /** What a draft answers; taken out before it is sent. */
    static final String ANSWERS = "X-DIGiDIG-Answers";

    static final String RECEIPT = "Disposition-Notification-To";

    private static final String UTF_8 = "utf-8";
    private static final int LONGEST_LINE = 998;

    private MimeWriter() {}

    /**
     * A file with its octets.
     *
     * @param contentId of a picture that stands in the text; empty: it is beside the text
     */
    record File(String name, String type, byte[] octets, String contentId) {
        File(String name, String type, byte[] octets) {
            this(name, type, octets, "");
        }
    }

    /** Puts the content into a message. */
    @FunctionalInterface
    interface Content {
        void into(MimeMessage mime) throws MessagingException;
    }

    /** What is typed into a field of recipients: those that can be read. */
    static List<InternetAddress> recipients(String typed) {
        List<InternetAddress> found = new ArrayList<>();
        try {
            for (InternetAddress one : InternetAddress.parse(typed.replace(';', ','), false)) {
                one.validate();
                found.add(one);
            }
        } catch (AddressException some) {
            return List.of();
        }
        return found;
    }

    /** Whether every recipient that was typed can be read. */
    static boolean readable(String typed) {
        return typed.isBlank() || !recipients(typed).isEmpty();
    }

    /**
     * Writes it.
     *
     * @param author as whom
     * @param messageId its own, without brackets
     */
    static byte[] write(Draft draft, Identity author, String messageId, List<File> files, Instant now)
            throws IOException {
        boolean formatted = !draft.html().isEmpty();
        List<File> pictures = files.stream()
                .filter(file -> formatted && !file.contentId().isEmpty())
                .toList();
        List<File> beside = files.stream()
                .filter(file -> !formatted || file.contentId().isEmpty())
                .toList();
        Content content = mime -> {
            if (beside.isEmpty()) {
                words(mime, draft, pictures);
            } else {
                mime.setContent(mixed(draft, pictures, beside));
            }
        };
        return write(draft, author, messageId, content, now);
    }

    /** The same with another content than the draft's text. */
    static byte[] write(Draft draft, Identity author, String messageId, Content content, Instant now)
            throws IOException {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        try {
            MimeMessage mime = new Named(Session.getInstance(properties), messageId);
            // By setFrom a name would stand there in UTF-8, which many servers don't take.
            mime.setHeader("From", InternetAddress.toString(new InternetAddress[] {from(author)}, "From: ".length()));
            if (!author.replyTo().isEmpty()) {
                mime.setHeader("Reply-To", plain(author.replyTo()).toString());
            }
            field(mime, "To", draft.to());
            field(mime, "Cc", draft.cc());
            field(mime, "Bcc", draft.bcc());
            mime.setSubject(oneLine(draft.subject()), UTF_8);
            mime.setSentDate(Date.from(now));
            if (!draft.inReplyTo().isBlank()) {
                mime.setHeader("In-Reply-To", oneLine(draft.inReplyTo()));
            }
            if (!draft.references().isBlank()) {
                mime.setHeader("References", MimeUtility.fold(12, oneLine(draft.references())));
            }
            if (draft.receipt()) {
                mime.setHeader(RECEIPT, plain(author.address()).toString());
            }
            if (!draft.answers().isBlank()) {
                mime.setHeader(ANSWERS, oneLine(draft.answers()));
            }
            content.into(mime);
            mime.saveChanges();
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            mime.writeTo(octets);
            return octets.toByteArray();
        } catch (MessagingException unwritable) {
            throw new IOException("the message can't be written: " + unwritable.getMessage(), unwritable);
        }
    }

    private static InternetAddress from(Identity author) {
        InternetAddress from = plain(author.address());
        if (!author.name().isBlank()) {
            try {
                from.setPersonal(author.name(), UTF_8);
            } catch (UnsupportedEncodingException missing) {
                throw new IllegalStateException("every JDK has UTF-8", missing);
            }
        }
        return from;
    }

    private static InternetAddress plain(String address) {
        InternetAddress plain = new InternetAddress();
        plain.setAddress(address);
        return plain;
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}]+", " ").strip();
    }

    /** What can't be read yet is kept as it was typed. */
    private static void field(MimeMessage mime, String name, String typed) throws MessagingException {
        List<InternetAddress> people = recipients(typed);
        if (!people.isEmpty()) {
            for (InternetAddress one : people) {
                encode(one);
            }
            mime.setHeader(name, InternetAddress.toString(people.toArray(InternetAddress[]::new), name.length() + 2));
        } else if (!typed.isBlank()) {
            try {
                mime.setHeader(name, MimeUtility.encodeText(oneLine(typed), UTF_8, null));
            } catch (UnsupportedEncodingException missing) {
                throw new IllegalStateException("every JDK has UTF-8", missing);
            }
        }
    }

    static void encode(InternetAddress one) {
        try {
            one.setPersonal(one.getPersonal(), UTF_8);
        } catch (UnsupportedEncodingException missing) {
            throw new IllegalStateException("every JDK has UTF-8", missing);
        }
    }

    private static MimeMultipart mixed(Draft draft, List<File> pictures, List<File> files) throws MessagingException {
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart words = new MimeBodyPart();
        words(words, draft, pictures);
        mixed.addBodyPart(words);
        for (File file : files) {
            MimeBodyPart part = new MimeBodyPart();
            // A message is never encoded (RFC 2046 §5.2.1); one that can't go as it is, is a file like any other.
            boolean message = file.type().equals(Kept.MESSAGE);
            boolean asItIs = message && travels(file.octets());
            String type = message && !asItIs ? "application/octet-stream" : file.type();
            octets(part, file, type);
            part.setDisposition(Part.ATTACHMENT);
            part.setHeader("Content-Transfer-Encoding", asItIs ? "8bit" : "base64");
            mixed.addBodyPart(part);
        }
        return mixed;
    }

    private static void octets(MimeBodyPart part, File file, String type) throws MessagingException {
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.octets(), type)));
        try {
            part.setFileName(MimeUtility.encodeText(file.name(), UTF_8, null));
        } catch (UnsupportedEncodingException missing) {
            throw new IllegalStateException("every JDK has UTF-8", missing);
        }
    }

    /** Plain text; of a formatted message both, the richer one last (RFC 2046 §5.1.4). */
    private static void words(MimePart part, Draft draft, List<File> pictures) throws MessagingException {
        if (draft.html().isEmpty()) {
            part.setText(crlf(draft.text()), UTF_8);
            return;
        }
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(crlf(draft.text()), UTF_8);
        MimeBodyPart formatted = new MimeBodyPart();
        formatted.setText(crlf(RichText.page(draft.html())), UTF_8, "html");
        MimeBodyPart richer = formatted;
        if (!pictures.isEmpty()) {
            richer = new MimeBodyPart();
            richer.setContent(related(formatted, pictures));
        }
        part.setContent(new MimeMultipart("alternative", plain, richer));
    }

    /** A page and its pictures; the type is that of the page (RFC 2387 §3.1). */
    private static MimeMultipart related(MimeBodyPart page, List<File> pictures) throws MessagingException {
        MimeMultipart related = new MimeMultipart("related; type=\"text/html\"", page);
        for (File picture : pictures) {
            MimeBodyPart part = new MimeBodyPart();
            octets(part, picture, picture.type());
            part.setContentID("<" + picture.contentId() + ">");
            part.setDisposition(Part.INLINE);
            part.setHeader("Content-Transfer-Encoding", "base64");
            related.addBodyPart(part);
        }
        return related;
    }

    static String crlf(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }

    /** Whether octets are 8-bit text with CRLF and lines of at most 998 octets (RFC 2045 §2.8). */
    static boolean travels(byte[] octets) {
        int line = 0;
        for (int i = 0; i < octets.length; i++) {
            boolean lf = octets[i] == '\n';
            boolean afterCr = i > 0 && octets[i - 1] == '\r';
            if (octets[i] == 0 || lf != afterCr || line > LONGEST_LINE) {
                return false;
            }
            line = lf || octets[i] == '\r' ? 0 : line + 1;
        }
        return line <= LONGEST_LINE && (octets.length == 0 || octets[octets.length - 1] != '\r');
    }

    /** Keeps the Message-ID that it was given. */
    private static final class Named extends MimeMessage {
        private final String messageId;

        Named(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + messageId + ">");
        }
    }
}
