package cz.digidig.client.compose;

import cz.digidig.client.preferences.Identity;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message that the webmail itself words in a person's name, because they pressed a button: an answer to an invitation, a receipt.
 *
 * @param author as whom
 * @param to addresses, separated by commas
 * @param answers the Message-ID of what it answers, in brackets; empty: none
 */
public record Letter(Identity author, String to, String subject, String answers) {
    /** The message, ready to be sent. */
    public record Written(String messageId, byte[] octets) {}

    /** Words, and the same for programs. */
    public Written alternative(String words, String type, String forPrograms, Instant now) {
        return write("alternative", words, type, forPrograms, now);
    }

    /**
     * A report (RFC 6522).
     *
     * @param of what
     */
    public Written report(String words, String of, String type, String forPrograms, Instant now) {
        return write("report; report-type=" + of, words, type, forPrograms, now);
    }

    private Written write(String kind, String words, String type, String forPrograms, Instant now) {
        try {
            MimeBodyPart plain = new MimeBodyPart();
            plain.setText(MimeWriter.crlf(words), "utf-8");
            return write(new MimeMultipart(kind, plain, part(type, forPrograms)), now);
        } catch (MessagingException unwritable) {
            throw new IllegalStateException("what was made here can be written", unwritable);
        }
    }

    private static MimeBodyPart part(String type, String text) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(text.getBytes(StandardCharsets.UTF_8), type)));
        part.setHeader("Content-Type", type);
        return part;
    }

    private Written write(MimeMultipart content, Instant now) throws MessagingException {
        String messageId = UUID.randomUUID() + author.address().replaceFirst("^.*@", "@");
        String answered = answers.strip().matches("<[!-~]{1,900}>") ? answers.strip() : "";
        Draft draft = new Draft(
                "", messageId, author.address(), to, "", "", subject, "", "", answered, answered, "", List.of());
        try {
            return new Written(
                    messageId, MimeWriter.write(draft, author, messageId, mime -> mime.setContent(content), now));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
