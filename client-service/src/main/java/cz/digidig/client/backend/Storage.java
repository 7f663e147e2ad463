package cz.digidig.client.backend;

import cz.digidig.client.backend.FoundMessage.FoundPage;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.AppendResult;
import cz.digidig.common.api.storage.CopyRequest;
import cz.digidig.common.api.storage.CopyResult;
import cz.digidig.common.api.storage.ExpungeRequest;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.common.api.storage.MailboxApi;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxPatch;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.NewMailbox;
import cz.digidig.common.api.storage.Page;
import cz.digidig.common.client.ClientProperties;
import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.client.ServiceUnavailable;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.common.security.Caller;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The person's own mailboxes and messages. */
@Component
public class Storage {
    private static final int MOST_FOLDERS = 5000;
    private static final int MOST_THREADS = 100;
    /** Rows of messages that are asked for at a time. */
    private static final int COLUMNS = 2000;

    private static final MediaType MESSAGE = MediaType.parseMediaType("message/rfc822");

    private final MailboxApi mailboxes;
    private final MessageListApi messages;
    private final RestClient octets;

    Storage(ServiceClients clients, ClientProperties properties, PersonalToken token) {
        this.mailboxes = clients.personal(Peer.STORAGE, MailboxApi.class, token::current);
        this.messages = clients.personal(Peer.STORAGE, MessageListApi.class, token::current);
        this.octets = clients.personal(properties.storageUrl(), token::current);
    }

    /** Reads what a service answers with octets; the answer is closed behind it. */
    @FunctionalInterface
    public interface Reader {
        void read(ClientHttpResponse answer) throws IOException;
    }

    /** All mailboxes, INBOX first; more than 5,000 are cut off. */
    public List<MailboxSummary> mailboxes() {
        return new ArrayList<>(mailboxes.list(Caller.ME, null, MOST_FOLDERS).items());
    }

    /** One of them, by its id or as INBOX. */
    public MailboxSummary mailbox(String id) {
        return mailboxes.get(Caller.ME, id);
    }

    public MailboxSummary create(String path) {
        return mailboxes.create(Caller.ME, new NewMailbox(path, null));
    }

    /** Gives a mailbox another path, and those within it with it. */
    public MailboxSummary rename(String mailbox, String path) {
        return mailboxes.change(Caller.ME, mailbox, new MailboxPatch(path, null));
    }

    /** Puts a mailbox on the subscription list of mail programs, or takes it off. */
    public MailboxSummary subscribe(String mailbox, boolean subscribed) {
        return mailboxes.change(Caller.ME, mailbox, new MailboxPatch(null, subscribed));
    }

    /** Deletes a mailbox with its messages; those within it stay. */
    public void deleteMailbox(String mailbox) {
        mailboxes.delete(Caller.ME, mailbox);
    }

    /** Messages, newest first. */
    public Page<MessageSummary> list(String mailbox, @Nullable String query, @Nullable String cursor, int limit) {
        return messages.list(mailbox, query, cursor, limit);
    }

    /** Conversations with messages in a mailbox, newest first. */
    public Page<Conversation> threads(String mailbox, @Nullable String cursor, int limit) {
        return messages.threads(mailbox, cursor, Math.min(limit, MOST_THREADS));
    }

    /** A conversation's messages of all mailboxes, the oldest first. */
    public List<Conversation.Placed> thread(String id) {
        return messages.thread(id).items();
    }

    /** Messages of all mailboxes that match, newest first. */
    public FoundPage search(String query, @Nullable String cursor, int limit) {
        return messages.search(query, cursor, limit);
    }

    /** Those with whom mail was exchanged, whose name or address begins so. */
    public List<Correspondent> suggest(String beginning, int limit) {
        return messages.suggest(beginning, limit).items().stream()
                .map(MessageListApi.Suggestion::person)
                .toList();
    }

    /** Whose mail goes to the junk mailbox. */
    public List<String> blockedSenders() {
        return messages.blocked().senders();
    }

    /** Blocks these senders, in place of those before. */
    public void block(List<String> senders) {
        messages.block(new BlockedSenders(senders));
    }

    /** The ids of messages by their UIDs, ascending; those that are gone are left out. */
    public List<String> ids(String mailbox, UidSet uids) {
        List<String> ids = new ArrayList<>();
        long last = uids.isEmpty() ? 0 : uids.last(uids.ranges() - 1);
        long after = uids.isEmpty() ? 0 : uids.first(0) - 1;
        while (after < last) {
            MailboxChanges page = after(mailbox, after);
            long[] found = page.changed().uid();
            for (int i = 0; i < found.length; i++) {
                if (uids.contains(found[i])) {
                    ids.add(page.changed().id()[i]);
                }
            }
            after = page.more() && found.length > 0 ? found[found.length - 1] : last;
        }
        return ids;
    }

    /** A mailbox's messages above a UID, ascending: 2,000 at most, {@code more} says that there are further ones. */
    public MailboxChanges after(String mailbox, long uid) {
        return mailboxes.changes(Caller.ME, mailbox, 0, uid, COLUMNS);
    }

    public MessageDetail read(String mailbox, String message) {
        return messages.read(mailbox, message);
    }

    /** Adds or removes flags of many messages at once. */
    public FlagResult flag(String mailbox, String uids, FlagChange.Mode mode, String... flags) {
        return mailboxes.flags(Caller.ME, mailbox, new FlagChange(uids, mode, List.of(flags), null));
    }

    public CopyResult move(String mailbox, String uids, String target) {
        return mailboxes.move(Caller.ME, mailbox, new CopyRequest(uids, target));
    }

    /** Removes messages for good. */
    public void expunge(String mailbox, String uids) {
        flag(mailbox, uids, FlagChange.Mode.ADD, "\\Deleted");
        mailboxes.expunge(Caller.ME, mailbox, new ExpungeRequest(uids));
    }

    /** Removes one message for good. */
    public void delete(String mailbox, String message) {
        messages.delete(mailbox, message);
    }

    /** Stores a message as it is. */
    public AppendResult append(String mailbox, byte[] message, String... flags) {
        return Objects.requireNonNull(
                octets.post()
                        .uri(builder -> builder.path("/api/accounts/me/mailboxes/{mailbox}/messages")
                                .queryParam("flags", (Object[]) flags)
                                .build(mailbox))
                        .contentType(MESSAGE)
                        .body(message)
                        .retrieve()
                        .body(AppendResult.class),
                "an answer");
    }

    /** Stores a message as it is, whose octets are written as they are sent. */
    public AppendResult append(
            String mailbox,
            StreamingHttpOutputMessage.Body message,
            long size,
            List<String> flags,
            @Nullable Instant internalDate) {
        // Names, so that no character of a value has a meaning in the URI.
        List<Object> values = new ArrayList<>(List.of(mailbox));
        values.addAll(flags);
        if (internalDate != null) {
            values.add(internalDate);
        }
        return Objects.requireNonNull(
                octets.post()
                        .uri(builder -> builder.path("/api/accounts/me/mailboxes/{mailbox}/messages")
                                .queryParamIfPresent(
                                        "flags",
                                        Optional.of(Collections.nCopies(flags.size(), "{flag}"))
                                                .filter(names -> !names.isEmpty()))
                                .queryParamIfPresent(
                                        "internalDate",
                                        Optional.ofNullable(internalDate).map(_ -> "{date}"))
                                .build(values.toArray()))
                        .contentType(MESSAGE)
                        .contentLength(size)
                        .body(message)
                        .retrieve()
                        .body(AppendResult.class),
                "an answer");
    }

    /** A part's octets, decoded; what is asked for of it only where {@code range} says so. */
    public void part(String mailbox, String message, String part, @Nullable String range, Reader reader) {
        stream(
                "/api/accounts/me/mailboxes/{mailbox}/messages/{message}/parts/{part}",
                Map.of("mailbox", mailbox, "message", message, "part", part),
                range,
                reader);
    }

    /** A message's octets as they came. */
    public void raw(String mailbox, String message, Reader reader) {
        stream(
                "/api/accounts/me/mailboxes/{mailbox}/messages/{message}/raw",
                Map.of("mailbox", mailbox, "message", message),
                null,
                reader);
    }

    private void stream(String path, Map<String, String> names, @Nullable String range, Reader reader) {
        try {
            octets.get()
                    .uri(path, names)
                    .headers(headers -> {
                        if (range != null) {
                            headers.set(HttpHeaders.RANGE, range);
                        }
                    })
                    .exchange((_, answer) -> {
                        int status = answer.getStatusCode().value();
                        if (status == 404) {
                            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no such part");
                        }
                        if (status >= 500) {
                            throw new ServiceUnavailable("storage answers " + status, null);
                        }
                        reader.read(answer);
                        return "";
                    });
        } catch (RestClientException broken) {
            throw new ServiceUnavailable("storage broke off: " + broken.getMessage(), broken);
        }
    }
}
