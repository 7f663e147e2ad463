package cz.digidig.client.compose;

import java.util.List;
import java.util.function.Consumer;

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
        return changed(copy -> copy.to = recipients);
    }

    Draft from(String address) {
        return changed(copy -> copy.from = address);
    }

    /** With a signature under what is to be written, above what is answered. */
    Draft signed(String signature) {
        if (signature.isBlank()) {
            return this;
        }
        String formatted = "<div class=\"signature\">" + RichText.ofText("-- \n" + signature) + "</div>";
        return changed(copy -> {
            copy.text = "\n\n-- \n" + signature + "\n" + text;
            copy.html = html.isEmpty() ? "" : RichText.EMPTY + formatted + html;
        });
    }

    /** As formatted text, made of the plain one where there is none, or as plain text, which has pictures beside it. */
    Draft formatted(boolean wanted) {
        return changed(copy -> {
            if (!wanted) {
                copy.html = "";
                copy.files = files.stream().map(Kept::asFile).toList();
            } else if (html.isEmpty()) {
                copy.html = RichText.ofText(text);
            }
        });
    }

    Draft withoutFiles() {
        return changed(copy -> copy.files = List.of());
    }

    Draft saved(String place, String newMessageId, List<Kept> its) {
        return changed(copy -> {
            copy.id = place;
            copy.messageId = newMessageId;
            copy.files = its;
        });
    }

    private Draft changed(Consumer<Copy> change) {
        Copy copy = new Copy();
        change.accept(copy);
        return copy.done();
    }

    /** Takes a change of what is named, so that no change names all the rest. */
    private final class Copy {
        private String id = Draft.this.id;
        private String messageId = Draft.this.messageId;
        private String from = Draft.this.from;
        private String to = Draft.this.to;
        private String text = Draft.this.text;
        private String html = Draft.this.html;
        private List<Kept> files = Draft.this.files;

        Draft done() {
            return new Draft(
                    id,
                    messageId,
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
                    files);
        }
    }
}
