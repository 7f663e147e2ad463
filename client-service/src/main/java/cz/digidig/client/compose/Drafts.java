package cz.digidig.client.compose;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.configuration.ClientSettings;
import cz.digidig.client.identities.Identities;
import cz.digidig.client.identities.OwnIdentities;
import cz.digidig.client.mailbox.Folder;
import cz.digidig.client.mailbox.Folders;
import cz.digidig.client.preferences.Identity;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.signin.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Keeps what is being written in Drafts: one copy of each, which a save replaces. */
@Component
class Drafts {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Storage storage;
    private final Folders folders;
    private final Identities identities;
    private final ConfigurationStore<ClientSettings> settings;
    private final Clock clock;

    Drafts(
            Storage storage,
            Folders folders,
            Identities identities,
            ConfigurationStore<ClientSettings> settings,
            Clock clock) {
        this.storage = storage;
        this.folders = folders;
        this.identities = identities;
        this.settings = settings;
        this.clock = clock;
    }

    Folder folder() {
        return folders.ofKind("drafts");
    }

    /** Opens one again. */
    Draft read(String id) {
        String drafts = folder().id();
        MessageDetail detail = storage.read(drafts, id);
        String sent = detail.html();
        String html = sent == null || sent.isBlank() || sent.length() > RichText.MOST ? "" : RichText.clean(sent);
        return new Draft(
                id,
                detail.header("Message-ID").orElse("").replaceAll("[<>\\s]", ""),
                detail.message().from().stream()
                        .findFirst()
                        .map(Correspondent::address)
                        .orElse(""),
                people(detail.message().to(), detail, "To"),
                people(detail.cc(), detail, "Cc"),
                detail.header("Bcc").orElse(""),
                detail.message().subject(),
                detail.text() == null ? "" : detail.text().replace("\r\n", "\n"),
                html,
                detail.header("In-Reply-To").orElse(""),
                detail.header("References").orElse(""),
                detail.header(MimeWriter.ANSWERS).orElse(""),
                detail.header(MimeWriter.RECEIPT).isPresent(),
                kept(drafts, html, detail));
    }

    private static String people(List<Correspondent> people, MessageDetail detail, String field) {
        String typed = detail.header(field).orElse("");
        return typed.contains("@")
                ? people.stream().map(Correspondent::written).collect(Collectors.joining(", "))
                : typed;
    }

    /** The files of a message; those that this text of it names stand in it. */
    static List<Kept> kept(String mailbox, String html, MessageDetail detail) {
        Set<String> named = Pictures.in(html);
        return detail.attachments().stream()
                .map(one -> new Kept(
                        mailbox,
                        detail.message().id(),
                        one.part(),
                        one.name().isEmpty() ? "part-" + one.part() : one.name(),
                        one.contentType(),
                        one.size(),
                        Optional.ofNullable(one.contentId())
                                .filter(id -> Pictures.stands(one.contentType(), id) && named.contains(id))
                                .orElse("")))
                .toList();
    }

    /**
     * Saves it: the new copy first, then the former one goes.
     *
     * @param added files and pictures that come along
     */
    Draft save(Draft draft, Person person, List<MimeWriter.File> added) {
        long most = settings.current().maxAttachments();
        long octets = added.stream().mapToLong(file -> file.octets().length).sum()
                + draft.files().stream().mapToLong(Kept::size).sum();
        if (octets > most) {
            throw new ProblemException(ErrorCode.TOO_LARGE, "the files are larger than " + most + " octets together");
        }
        String messageId = draft.messageId().matches("[!-~]{3,200}")
                ? draft.messageId()
                : UUID.randomUUID() + "@" + person.address().replaceFirst("^.*@", "");
        OwnIdentities own = identities.of(person);
        Identity author = own.find(draft.from()).orElse(own.usual());
        String drafts = folder().id();
        List<MimeWriter.File> files = new ArrayList<>();
        draft.files().forEach(kept -> files.add(load(kept, most)));
        files.addAll(added);
        try {
            byte[] message = MimeWriter.write(draft, author, messageId, files, clock.instant());
            String copy = storage.append(drafts, message, "\\Draft", "\\Seen").id();
            if (!draft.id().isEmpty()) {
                remove(drafts, draft.id());
            }
            return draft.saved(
                    copy,
                    messageId,
                    files.isEmpty() ? List.of() : kept(drafts, draft.html(), storage.read(drafts, copy)));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private MimeWriter.File load(Kept kept, long most) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Storage.Reader reader = answer -> octets.writeBytes(answer.getBody().readNBytes((int) most + 1));
        if (kept.part().isEmpty()) {
            storage.raw(kept.mailbox(), kept.message(), reader);
        } else {
            storage.part(kept.mailbox(), kept.message(), kept.part(), null, reader);
        }
        String type = kept.type().matches("[a-z0-9.+-]+/[a-z0-9.+-]+") ? kept.type() : "application/octet-stream";
        return new MimeWriter.File(kept.name(), type, octets.toByteArray(), kept.contentId());
    }

    /** Takes a copy away; one that is gone already is no failure. */
    void remove(String id) {
        remove(folder().id(), id);
    }

    private void remove(String drafts, String id) {
        try {
            storage.delete(drafts, id);
        } catch (ServiceProblem gone) {
            if (gone.code() != ErrorCode.NOT_FOUND) {
                throw gone;
            }
        }
    }

    /** The message to be sent: the draft without what is ours alone. */
    byte[] toSend(String id) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        storage.raw(folder().id(), id, answer -> answer.getBody().transferTo(octets));
        return withoutOurs(octets.toByteArray());
    }

    /** The same as if it were written at another time. */
    byte[] toSend(String id, Instant at) {
        return dated(toSend(id), at);
    }

    static byte[] dated(byte[] message, Instant at) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int head = end < 0 ? text.length() : end + 2;
        String date = DATE.format(at);
        String header = text.substring(0, head).replaceFirst("(?m)^Date:[^\r\n]*\r\n", "Date: " + date + "\r\n");
        return (header + text.substring(head)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Makes a draft of a message that was to be sent.
     *
     * @return its id
     */
    String restore(byte[] message) {
        return storage.append(folder().id(), message, "\\Draft", "\\Seen").id();
    }

    /** Our field is one line, never folded. */
    static byte[] withoutOurs(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int head = end < 0 ? text.length() : end + 2;
        String header = text.substring(0, head).replaceFirst("(?m)^" + MimeWriter.ANSWERS + ":[^\r\n]*\r\n", "");
        return (header + text.substring(head)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
