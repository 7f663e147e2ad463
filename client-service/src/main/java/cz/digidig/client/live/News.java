package cz.digidig.client.live;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageSummary;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;

/**
 * What came to the inbox, in a few words that may stand on a screen that anybody sees: senders and one subject.
 *
 * @param last the highest UID there
 * @param title empty: nothing came
 * @param path where it is read
 */
record News(long last, String title, String body, String path) {
    private static final String INBOX = "/mail/INBOX";
    private static final int MOST_SENDERS = 4;

    /**
     * What is unread of what came after a message.
     *
     * @param newest the messages that lie there, the newest of them at least
     * @param after that message's UID; negative: nothing is new
     */
    static News of(List<MessageSummary> newest, long after, MessageSource messages, Locale language) {
        long last = newest.stream().mapToLong(MessageSummary::uid).max().orElse(0);
        List<MessageSummary> fresh = newest.stream()
                .filter(message -> after >= 0 && message.uid() > after && !message.seen())
                .toList();
        if (fresh.isEmpty()) {
            return new News(last, "", "", INBOX);
        }
        String nobody = messages.getMessage("mail.nobody", null, language);
        String senders = fresh.stream()
                .map(message -> message.from().stream()
                        .findFirst()
                        .map(Correspondent::shown)
                        .orElse(nobody))
                .distinct()
                .limit(MOST_SENDERS)
                .collect(Collectors.joining(", "));
        if (fresh.size() > 1) {
            String several = messages.getMessage("news.several", new Object[] {fresh.size()}, language);
            return new News(last, several, senders, INBOX);
        }
        MessageSummary one = fresh.getFirst();
        String subject =
                one.subject().isBlank() ? messages.getMessage("mail.no-subject", null, language) : one.subject();
        return new News(last, senders, subject, INBOX + "/" + one.id());
    }
}
