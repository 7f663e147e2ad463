package cz.digidig.client.invitations;

import biweekly.property.Attendee;
import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.MessageDetail.Attachment;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.backend.Submission;
import cz.digidig.client.compose.Letter;
import cz.digidig.client.identities.Identities;
import cz.digidig.client.identities.OwnIdentities;
import cz.digidig.client.preferences.Identity;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.FlagChange.Mode;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.signin.Person;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Finds invitations in messages, and answers them. */
@Component
public class Invitations {
    private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);
    private static final int LARGEST = 256 << 10;
    private static final int MOST_TRIED = 3;

    private final Storage storage;
    private final Submission submission;
    private final Identities identities;
    private final MessageSource messages;
    private final Clock clock;

    Invitations(Storage storage, Submission submission, Identities identities, MessageSource messages, Clock clock) {
        this.storage = storage;
        this.submission = submission;
        this.identities = identities;
        this.messages = messages;
        this.clock = clock;
    }

    /** What a message's calendar says, in the words of the page; empty: it has none that can be read. */
    public Optional<Invitation> of(MessageDetail detail, String mailbox, Person person, Locale language) {
        return read(detail, mailbox).map(received -> {
            OwnIdentities own = identities.of(person);
            EventTimes times = times(received, language);
            return received.shown(
                    times,
                    new Repetition(messages, times, language),
                    own::has,
                    Answer.of(detail.message().keywords()));
        });
    }

    private static EventTimes times(Received received, Locale language) {
        return new EventTimes(
                received.calendar().getTimezoneInfo(),
                LocaleContextHolder.getTimeZone().toZoneId(),
                language);
    }

    private Optional<Received> read(MessageDetail detail, String mailbox) {
        return detail.attachments().stream()
                .filter(Invitations::isCalendar)
                .sorted(Comparator.comparing(one -> !one.contentType().equals("text/calendar")))
                .limit(MOST_TRIED)
                .flatMap(one -> Received.read(text(detail, mailbox, one)).stream())
                .findFirst();
    }

    private static boolean isCalendar(Attachment one) {
        String type = one.contentType();
        return one.size() <= LARGEST
                && (type.equals("text/calendar")
                        || type.equals("application/ics")
                        || one.name().toLowerCase(Locale.ROOT).endsWith(".ics"));
    }

    private String text(MessageDetail detail, String mailbox, Attachment one) {
        StringBuilder text = new StringBuilder();
        storage.part(mailbox, detail.message().id(), one.part(), null, answer -> {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            octets.writeBytes(answer.getBody().readNBytes(LARGEST));
            MediaType type = answer.getHeaders().getContentType();
            Charset charset = type == null ? null : type.getCharset();
            text.append(octets.toString(charset == null ? StandardCharsets.UTF_8 : charset));
        });
        return text.toString();
    }

    /**
     * Sends an answer to whom organises it, and remembers it.
     *
     * @throws ProblemException the message invites nobody of this person's addresses
     * @throws ServiceFailure it was not sent
     */
    void answer(MessageDetail detail, String mailbox, Person person, Answer answer, Locale language) {
        OwnIdentities own = identities.of(person);
        Received received = read(detail, mailbox).orElseThrow(Invitations::nobody);
        Attendee invited = received.invited(own::has).orElseThrow(Invitations::nobody);
        Identity author = own.find(Received.address(invited)).orElseThrow(Invitations::nobody);
        String title = Received.title(received.main());
        Correspondent by = new Correspondent(author.name(), author.address());
        Letter letter = new Letter(
                author,
                Received.address(received.main().getOrganizer()),
                messages.getMessage("invitation.subject." + answer.key(), new Object[] {title}, language),
                detail.header("Message-ID").orElse(""));
        String words = messages.getMessage(
                "invitation.reply." + answer.key(),
                new Object[] {by.shown(), title, times(received, language).of(received.main())},
                language);
        String calendar = Reply.of(received, invited, answer, clock.instant());
        Letter.Written written =
                letter.alternative(words, "text/calendar; charset=utf-8; method=REPLY", calendar, clock.instant());
        submission.send(written.octets(), written.messageId());
        remember(detail, mailbox, answer);
    }

    private static ProblemException nobody() {
        return new ProblemException(ErrorCode.NOT_FOUND, "there is no invitation to answer");
    }

    private void remember(MessageDetail detail, String mailbox, Answer answer) {
        String uid = Long.toString(detail.message().uid());
        String[] others = Arrays.stream(Answer.values())
                .filter(one -> one != answer)
                .map(Answer::keyword)
                .toArray(String[]::new);
        try {
            storage.flag(mailbox, uid, Mode.REMOVE, others);
            storage.flag(mailbox, uid, Mode.ADD, answer.keyword());
        } catch (ServiceFailure forgotten) {
            LOG.warn("an invitation was answered, the answer could not be kept: {}", forgotten.getMessage());
        }
    }
}
