package cz.digidig.client.compose;

import java.util.List;

/**
 * A message that is being written.
 *
 * @param id that of the copy in Drafts; empty: none yet
 * @param messageId its Message-ID, the same for all its copies; empty: none yet
 * @param from whose address it is written from; empty: the usual one
 * @param to as typed
 * @param cc as typed
 * @param bcc as typed
 * @param text plain; of a formatted message the words of its HTML
 * @param html formatted, harmless; empty: the message is plain text
 * @param inReplyTo the Message-ID that it answers; empty: none
 * @param references the thread, separated by spaces
 * @param answers what it answers or forwards, as {@code mailbox/uid/flag}; empty: nothing
 * @param receipt whether it asks for a read receipt
 * @param files those that it has already, pictures in its text among them
 */
public record Draft(
        String id,
        String messageId,
        String from,
        String to,
        String cc,
        String bcc,
        String subject,
        String text,
        String html,
        String inReplyTo,
        String references,
        String answers,
        boolean receipt,
        List<Kept> files) {
    static final Draft EMPTY = new Draft("", "", "", "", "", "", "", "", "", "", "", "", List.of());

    public Draft {
        files = List.copyOf(files);
    }

    /** One that asks for no receipt. */
    Draft(
            String id,
            String messageId,
            String from,
            String to,
            String cc,
            String bcc,
            String subject,
            String text,
            String html,
            String inReplyTo,
            String references,
            String answers,
            List<Kept> files) {
        this(id, messageId, from, to, cc, bcc, subject, text, html, inReplyTo, references, answers, false, files);
    }

    /** Those beside the text. */
    public List<Kept> attached() {
        return files.stream().filter(one -> one.contentId().isEmpty()).toList();
    }

    /** Those in the text. */
    public List<Kept> pictures() {
        return files.stream().filter(one -> !one.contentId().isEmpty()).toList();
    }

    /** The formatted text as the editor shows it. */
    public String editable() {
        return html.isEmpty() ? "" : Pictures.shown(files, html);
    }

    Draft to(String recipients) {
        return new Draft(
                id,
                messageId,
                from,
                recipients,
                cc,
                bcc,
                subject,
                text,
                html,
                inReplyTo,
                references,
                answers,
                receipt,
                files);
    }

    Draft from(String address) {
        return new Draft(
                id,
                messageId,
                address,
                to,
                cc,
                bcc,
                subject,
                text,
                html,
                inReplyTo,
                references,
                answers,
                receipt,
                files);
    }

    /** With a signature under what is to be written, above what is answered. */
    Draft signed(String signature) {
        String signed = signature.isBlank() ? text : "\n\n-- \n" + signature + "\n" + text;
        String signedHtml = html.isEmpty() || signature.isBlank()
                ? html
                : RichText.EMPTY + "<div class=\"signature\">" + RichText.ofText("-- \n" + signature) + "</div>" + html;
        return new Draft(
                id,
                messageId,
                from,
                to,
                cc,
                bcc,
                subject,
                signed,
                signedHtml,
                inReplyTo,
                references,
                answers,
                receipt,
                files);
    }

    /** As formatted text, made of the plain one where there is none, or as plain text, which has pictures beside it. */
    Draft formatted(boolean wanted) {
        String made = html.isEmpty() ? RichText.ofText(text) : html;
        return new Draft(
                id,
                messageId,
                from,
                to,
                cc,
                bcc,
                subject,
                text,
                wanted ? made : "",
                inReplyTo,
                references,
                answers,
                wanted ? files : files.stream().map(Kept::asFile).toList());
    }

    Draft withoutFiles() {
        return saved(id, messageId, List.of());
    }

    Draft saved(String copy, String newMessageId, List<Kept> its) {
        return new Draft(
                copy,
                newMessageId,
                from,
                to,
                cc,
                bcc,
                subject,
                text,
                html,
                inReplyTo,
                references,
                answers,
                receipt,
                its);
    }
}
