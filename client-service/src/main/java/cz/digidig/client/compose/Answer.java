package cz.digidig.client.compose;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** What an answer to a message, or its forwarding, begins with. */
final class Answer {
    private static final int MOST_QUOTED = 200_000;
    private static final int MOST_REFERENCES = 50;
    private static final int LONGEST_SET = 600;

    private Answer() {}

    /**
     * A reply (RFC 5322 §3.6.4), with the pictures of what it quotes.
     *
     * @param own the person's addresses, which are no recipients
     * @param all whether everybody gets it
     * @param wrote the line above what is quoted
     */
    static Draft reply(MessageDetail detail, String mailbox, Predicate<String> own, boolean all, String wrote) {
        List<Correspondent> to = new ArrayList<>();
        String replyTo = detail.header("Reply-To").orElse("");
        boolean mine = detail.message().from().stream().anyMatch(from -> own.test(from.address()));
        if (mine) {
            to.addAll(detail.message().to());
        } else if (MimeWriter.recipients(replyTo).isEmpty()) {
            to.addAll(detail.message().from());
        } else {
            MimeWriter.recipients(replyTo)
                    .forEach(one -> to.add(
                            new Correspondent(one.getPersonal() == null ? "" : one.getPersonal(), one.getAddress())));
        }
        List<Correspondent> cc = new ArrayList<>();
        if (all) {
            cc.addAll(mine ? List.of() : detail.message().to());
            cc.addAll(detail.cc());
            cc.removeIf(one -> own.test(one.address())
                    || to.stream().anyMatch(other -> other.address().equalsIgnoreCase(one.address())));
        }
        String html = html(detail);
        String quoted = text(detail)
                .lines()
                .map(line -> line.startsWith(">") ? ">" + line : "> " + line)
                .collect(Collectors.joining("\n"));
        return new Draft(
                "",
                "",
                "",
                written(to),
                written(cc),
                "",
                subject("Re: ", "re:", detail),
                "\n\n" + wrote + "\n" + quoted + "\n",
                RichText.EMPTY + "<div class=\"quoted\">" + RichText.ofText(wrote) + "<blockquote type=\"cite\">" + html
                        + "</blockquote></div>",
                id(detail),
                references(detail),
                mailbox + "/" + detail.message().uid() + "/\\Answered",
                Drafts.kept(mailbox, html, detail).stream()
                        .filter(kept -> !kept.contentId().isEmpty())
                        .toList());
    }

    /**
     * Forwards it with its files.
     *
     * @param above what stands above the message
     */
    static Draft forward(MessageDetail detail, String mailbox, String above) {
        String html = html(detail);
        return new Draft(
                "",
                "",
                "",
                "",
                "",
                "",
                subject("Fwd: ", "fwd:", detail),
                "\n\n" + above + "\n\n" + text(detail) + "\n",
                RichText.EMPTY + "<div class=\"quoted\">" + RichText.ofText(above) + RichText.EMPTY
                        + "<blockquote type=\"cite\">" + html + "</blockquote></div>",
                "",
                references(detail),
                mailbox + "/" + detail.message().uid() + "/$Forwarded",
                Drafts.kept(mailbox, html, detail));
    }

    /**
     * Forwards messages as they came, each as a file.
     *
     * @param several the subject of more than one; with the one of a single message it is left alone
     */
    static Draft attached(List<MessageDetail> details, String mailbox, String several) {
        String uids = details.stream()
                .map(detail -> Long.toString(detail.message().uid()))
                .collect(Collectors.joining(","));
        return new Draft(
                "",
                "",
                "",
                "",
                "",
                "",
                details.size() == 1 ? subject("Fwd: ", "fwd:", details.getFirst()) : several,
                "",
                "",
                "",
                details.size() == 1 ? references(details.getFirst()) : "",
                // A header field is no place for more.
                uids.length() > LONGEST_SET ? "" : mailbox + "/" + uids + "/$Forwarded",
                details.stream()
                        .map(detail -> Kept.whole(mailbox, detail.message()))
                        .toList());
    }

    /** The addresses by which a message reached its reader, and its authors, in the order in which they tell. */
    static Stream<String> addressed(MessageDetail detail) {
        Stream<String> delivered = detail.headers().stream()
                .filter(field -> field.name().matches("(?i)Delivered-To|X-Original-To"))
                .map(field -> field.value().strip());
        return Stream.of(
                        detail.message().from().stream().map(Correspondent::address),
                        detail.message().to().stream().map(Correspondent::address),
                        detail.cc().stream().map(Correspondent::address),
                        delivered)
                .flatMap(one -> one);
    }

    static String written(List<Correspondent> people) {
        return people.stream().map(Correspondent::written).distinct().collect(Collectors.joining(", "));
    }

    private static String subject(String prefix, String already, MessageDetail detail) {
        String subject = detail.message().subject();
        return subject.toLowerCase(Locale.ROOT).startsWith(already) ? subject : prefix + subject;
    }

    private static String id(MessageDetail detail) {
        return detail.header("Message-ID")
                .map(String::strip)
                .filter(id -> id.matches("<\\S+>"))
                .orElse("");
    }

    private static String references(MessageDetail detail) {
        List<String> ids = new ArrayList<>();
        String before = detail.header("References")
                .or(() -> detail.header("In-Reply-To"))
                .orElse("");
        for (String id : before.split("\\s+", -1)) {
            if (id.matches("<\\S+>")) {
                ids.add(id);
            }
        }
        if (!id(detail).isEmpty()) {
            ids.add(id(detail));
        }
        int from = Math.max(0, ids.size() - MOST_REFERENCES);
        return String.join(" ", ids.subList(from, ids.size()));
    }

    /** Its formatted text, harmless, with the pictures that it brings along; one that is too long to be quoted: its words. */
    private static String html(MessageDetail detail) {
        String html = detail.html();
        return html == null || html.isBlank() || html.length() > MOST_QUOTED
                ? RichText.ofText(text(detail))
                : RichText.clean(html);
    }

    /** Its words, those of HTML without the markup. */
    static String text(MessageDetail detail) {
        String text = detail.text();
        if (text == null || text.isBlank()) {
            Document page = Jsoup.parse(detail.html() == null ? "" : detail.html());
            page.select("style, script, title").remove();
            page.select("br").append("\n");
            page.select("p, div, tr, li, h1, h2, h3, blockquote").append("\n");
            text = page.wholeText()
                    .replaceAll("[ \\t]+", " ")
                    .replaceAll(" ?\\n ?", "\n")
                    .replaceAll("\\n{3,}", "\n\n");
        }
        String plain = text.replace("\r\n", "\n").strip();
        return plain.length() > MOST_QUOTED ? plain.substring(0, MOST_QUOTED) : plain;
    }
}
