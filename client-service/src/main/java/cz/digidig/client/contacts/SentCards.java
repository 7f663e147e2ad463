package cz.digidig.client.contacts;

import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.MessageDetail.Attachment;
import cz.digidig.client.backend.Storage;
import cz.digidig.common.signin.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** People on cards (vCard) that mails bring. */
@Component
public class SentCards {
    private static final Logger LOG = LoggerFactory.getLogger(SentCards.class);
    private static final Set<String> TYPES = Set.of("text/vcard", "text/x-vcard", "text/directory");
    private static final int LARGEST = 256 << 10;
    private static final int MOST_FILES = 5;
    private static final int MOST_SHOWN = 10;

    private final Storage storage;
    private final Contacts contacts;

    SentCards(Storage storage, Contacts contacts) {
        this.storage = storage;
        this.contacts = contacts;
    }

    /**
     * A file of cards.
     *
     * @param part its number in the message
     * @param people the first ones
     * @param further how many more
     * @param known whether all are among the reader's contacts
     */
    public record Card(String part, List<Contact> people, int further, boolean known) {}

    /** Those of a message that can be read. */
    public List<Card> of(MessageDetail detail, String mailbox, Person person) {
        List<Attachment> files = detail.attachments().stream()
                .filter(SentCards::isCard)
                .limit(MOST_FILES)
                .toList();
        if (files.isEmpty()) {
            return List.of();
        }
        AddressBook book = contacts.of(person.accountId());
        return files.stream()
                .map(one -> card(one.part(), read(detail, mailbox, one), book))
                .filter(card -> !card.people().isEmpty())
                .toList();
    }

    private static boolean isCard(Attachment one) {
        return one.size() <= LARGEST
                && (TYPES.contains(one.contentType())
                        || one.name().toLowerCase(Locale.ROOT).endsWith(".vcf"));
    }

    private static Card card(String part, List<Contact> people, AddressBook book) {
        return new Card(
                part,
                people.stream().limit(MOST_SHOWN).toList(),
                Math.max(0, people.size() - MOST_SHOWN),
                people.stream().allMatch(book::knows));
    }

    /** The people of one file; none where it is no card, or can't be read. */
    List<Contact> read(MessageDetail detail, String mailbox, String part) {
        return detail.attachments().stream()
                .filter(one -> one.part().equals(part) && isCard(one))
                .findFirst()
                .map(one -> read(detail, mailbox, one))
                .orElse(List.of());
    }

    private List<Contact> read(MessageDetail detail, String mailbox, Attachment one) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        storage.part(
                mailbox,
                detail.message().id(),
                one.part(),
                null,
                answer -> octets.writeBytes(answer.getBody().readNBytes(LARGEST)));
        return people(octets.toString(StandardCharsets.UTF_8));
    }

    static List<Contact> people(String text) {
        String file = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (!file.stripLeading().regionMatches(true, 0, "BEGIN:VCARD", 0, 11)) {
            return List.of();
        }
        try {
            return ContactFiles.read(file);
        } catch (IOException | RuntimeException unreadable) {
            // The library promises nothing for what breaks the rules.
            LOG.debug("a card can't be read: {}", unreadable.toString());
            return List.of();
        }
    }
}
