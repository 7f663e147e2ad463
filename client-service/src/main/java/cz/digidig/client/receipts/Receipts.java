package cz.digidig.client.receipts;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.backend.Submission;
import cz.digidig.client.backend.WebmailProperties;
import cz.digidig.client.compose.Letter;
import cz.digidig.client.identities.Identities;
import cz.digidig.client.identities.OwnIdentities;
import cz.digidig.client.preferences.Identity;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.FlagChange.Mode;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageFormats;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Finds out what messages have to do with receipts, and gives those that their reader wants to give. */
@Component
public class Receipts {
    private static final int LARGEST = 16 << 10;

    private final Storage storage;
    private final Submission submission;
    private final Identities identities;
    private final WebmailProperties properties;
    private final MessageSource messages;
    private final PageFormats formats;
    private final Clock clock;

    Receipts(
            Storage storage,
            Submission submission,
            Identities identities,
            WebmailProperties properties,
            MessageSource messages,
            PageFormats formats,
            Clock clock) {
        this.storage = storage;
        this.submission = submission;
        this.identities = identities;
        this.properties = properties;
        this.messages = messages;
        this.formats = formats;
        this.clock = clock;
    }

    /** What a message asks for, or is; empty: neither. */
    public Optional<Receipt> of(MessageDetail detail, String mailbox, Person person) {
        return given(detail, mailbox).or(() -> detail.header("Disposition-Notification-To")
                .flatMap(_ -> Notification.asked(detail, identities.of(person)::has)));
    }

    private Optional<Receipt> given(MessageDetail detail, String mailbox) {
        return detail.attachments().stream()
                .filter(one -> one.contentType().equals(Notification.TYPE) && one.size() <= LARGEST)
                .findFirst()
                .flatMap(one -> {
                    ByteArrayOutputStream octets = new ByteArrayOutputStream();
                    storage.part(
                            mailbox,
                            detail.message().id(),
                            one.part(),
                            null,
                            answer -> octets.writeBytes(answer.getBody().readNBytes(LARGEST)));
                    return Notification.given(detail, octets.toString(StandardCharsets.UTF_8));
                });
    }

    /**
     * Answers to the one who asks, once: by a receipt, or by nothing.
     *
     * @throws ProblemException the message asks this person for none, or not any more
     * @throws ServiceFailure it was not sent
     */
    void answer(MessageDetail detail, String mailbox, Person person, boolean send, Locale language) {
        OwnIdentities own = identities.of(person);
        Receipt asked = Notification.asked(detail, own::has)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "no receipt is asked for"));
        if (send) {
            Identity reader = own.meant(addressed(detail));
            Instant now = clock.instant();
            String subject = detail.message().subject();
            Letter letter = new Letter(
                    reader,
                    asked.to(),
                    messages.getMessage("receipt.subject", new Object[] {subject}, language),
                    detail.header("Message-ID").orElse(""));
            String words = messages.getMessage(
                    "receipt.words",
                    new Object[] {
                        new Correspondent(reader.name(), reader.address()).written(), subject, formats.moment(now)
                    },
                    language);
            Letter.Written written = letter.report(
                    words,
                    "disposition-notification",
                    Notification.TYPE,
                    Notification.fields(detail, reader.address(), properties.hostname()),
                    now);
            sendOnce(written.octets(), "receipt-" + detail.message().id());
        }
        storage.flag(mailbox, Long.toString(detail.message().uid()), Mode.ADD, Notification.SENT);
    }

    private void sendOnce(byte[] receipt, String key) {
        try {
            submission.send(receipt, key);
        } catch (ServiceProblem problem) {
            // A second click, or the same message in another tab, has sent one, which says the same at another second.
            if (problem.code() != ErrorCode.CONFLICT) {
                throw problem;
            }
        }
    }

    private static Stream<String> addressed(MessageDetail detail) {
        return Stream.concat(
                Stream.concat(detail.message().to().stream(), detail.cc().stream())
                        .map(Correspondent::address),
                detail.headers().stream()
                        .filter(field -> field.name().equalsIgnoreCase("Delivered-To"))
                        .map(field -> field.value().strip()));
    }
}
