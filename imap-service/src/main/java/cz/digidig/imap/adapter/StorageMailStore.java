package cz.digidig.imap.adapter;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.storage.AppendResult;
import cz.digidig.common.api.storage.CopyRequest;
import cz.digidig.common.api.storage.CopyResult;
import cz.digidig.common.api.storage.ExpungeRequest;
import cz.digidig.common.api.storage.ExpungeResult;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.common.api.storage.MailboxApi;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxPatch;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.common.api.storage.MessageApi;
import cz.digidig.common.api.storage.NewMailbox;
import cz.digidig.common.api.storage.Page;
import cz.digidig.common.api.storage.RenderedMessage;
import cz.digidig.common.api.storage.SearchRequest;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.Rendered;
import cz.digidig.imap.protocol.ImapFailure;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ImapFailure.Unavailable;
import cz.digidig.imap.protocol.MailboxName;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.SearchKey;
import cz.digidig.imap.protocol.StoreCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Storage-service behind the port. */
final class StorageMailStore implements MailStore {
    private static final int PAGE = 1000;
    private static final int MOST_CHANGES = 100_000;
    private static final MediaType MESSAGE = MediaType.parseMediaType("message/rfc822");

    private final MailboxApi mailboxes;
    private final MessageApi messages;
    private final RestClient rest;

    StorageMailStore(MailboxApi mailboxes, MessageApi messages, RestClient rest) {
        this.mailboxes = mailboxes;
        this.messages = messages;
        this.rest = rest;
    }

    private static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (ServiceProblem problem) {
            throw refusal(problem);
        } catch (ServiceFailure | RestClientException down) {
            throw new Unavailable("storage does not answer", down);
        }
    }

    private static ImapFailure refusal(ServiceProblem problem) {
        return switch (problem.code()) {
            case NOT_FOUND -> new Refused(ResponseCode.Plain.NONEXISTENT, "No such mailbox");
            case EXISTS -> new Refused(ResponseCode.Plain.ALREADYEXISTS, "There is such a mailbox");
            case INVALID, MALFORMED -> new Refused(ResponseCode.Plain.CANNOT, String.valueOf(problem.getMessage()));
            case CONFLICT, CHANGED_MEANWHILE -> new Refused(ResponseCode.Plain.INUSE, "Not possible as things are");
            case TOO_LARGE -> new Refused(ResponseCode.Plain.TOOBIG, "The message is too large");
            case OVER_QUOTA -> new Refused(ResponseCode.Plain.OVERQUOTA, "The account's storage limit is reached");
            case UNAUTHENTICATED, INVALID_CREDENTIALS, FORBIDDEN, TOO_MANY_ATTEMPTS, UNAVAILABLE, INTERNAL ->
                new Unavailable("storage answered " + problem.status(), problem);
        };
    }

    @Override
    public List<Mailbox> mailboxes(String account) {
        List<Mailbox> all = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<MailboxSummary> page = call(() -> mailboxes.list(account, from, PAGE));
            page.items().forEach(summary -> all.add(StorageValues.mailbox(summary)));
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    @Override
    public Optional<Mailbox> mailbox(String account, String mailbox) {
        try {
            return Optional.of(StorageValues.mailbox(mailboxes.get(account, mailbox)));
        } catch (ServiceProblem problem) {
            if (problem.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw refusal(problem);
        } catch (ServiceFailure | RestClientException down) {
            throw new Unavailable("storage does not answer", down);
        }
    }

    @Override
    public Mailbox create(String account, MailboxName name, @Nullable String specialUse) {
        return StorageValues.mailbox(call(() -> mailboxes.create(account, new NewMailbox(name.path(), specialUse))));
    }

    @Override
    public void rename(String account, String mailbox, MailboxName name) {
        call(() -> mailboxes.change(account, mailbox, new MailboxPatch(name.path(), null)));
    }

    @Override
    public void subscribe(String account, String mailbox, boolean subscribed) {
        call(() -> mailboxes.change(account, mailbox, new MailboxPatch(null, subscribed)));
    }

    @Override
    public void delete(String account, String mailbox) {
        call(() -> {
            mailboxes.delete(account, mailbox);
            return true;
        });
    }

    @Override
    public Changes changes(String account, String mailbox, long since, long afterUid) {
        MailboxChanges changes;
        try {
            changes = mailboxes.changes(account, mailbox, since, afterUid, MOST_CHANGES);
        } catch (ServiceProblem problem) {
            if (problem.code() == ErrorCode.NOT_FOUND) {
                throw new MailboxGone();
            }
            throw refusal(problem);
        } catch (ServiceFailure | RestClientException down) {
            throw new Unavailable("storage does not answer", down);
        }
        return new Changes(
                changes.uidValidity(),
                changes.uidNext(),
                changes.highestModSeq(),
                StorageValues.rows(changes.changed()),
                UidSet.parse(changes.vanished()),
                changes.resync(),
                changes.more());
    }

    @Override
    public Flagged storeFlags(
            String account,
            String mailbox,
            UidSet uids,
            StoreCommand.Mode mode,
            List<String> flags,
            @Nullable Long unchangedSince) {
        FlagChange.Mode how =
                switch (mode) {
                    case ADD -> FlagChange.Mode.ADD;
                    case REMOVE -> FlagChange.Mode.REMOVE;
                    case REPLACE -> FlagChange.Mode.REPLACE;
                };
        FlagResult result = call(
                () -> mailboxes.flags(account, mailbox, new FlagChange(uids.toString(), how, flags, unchangedSince)));
        return new Flagged(
                result.highestModSeq(),
                result.modSeq(),
                StorageValues.rows(result.changed()),
                UidSet.parse(result.modified()));
    }

    @Override
    public Copied copy(String account, String mailbox, UidSet uids, String target) {
        return copied(call(() -> mailboxes.copy(account, mailbox, new CopyRequest(uids.toString(), target))));
    }

    @Override
    public Copied move(String account, String mailbox, UidSet uids, String target) {
        return copied(call(() -> mailboxes.move(account, mailbox, new CopyRequest(uids.toString(), target))));
    }

    private static Copied copied(CopyResult result) {
        return new Copied(result.uidValidity(), result.sourceUids(), result.targetUids(), result.sourceModSeq());
    }

    @Override
    public Expunged expunge(String account, String mailbox, @Nullable UidSet uids) {
        ExpungeResult result = call(
                () -> mailboxes.expunge(account, mailbox, new ExpungeRequest(uids == null ? null : uids.toString())));
        return new Expunged(UidSet.parse(result.expunged()), result.highestModSeq());
    }

    @Override
    public UidSet search(String account, String mailbox, SearchKey key) {
        return UidSet.parse(call(() -> mailboxes.search(account, mailbox, new SearchRequest(StorageValues.key(key))))
                .uids());
    }

    @Override
    public Appended append(
            String account, String mailbox, List<String> flags, long internalDate, long size, Octets octets)
            throws IOException {
        List<String> values = new ArrayList<>(
                List.of(account, mailbox, Instant.ofEpochMilli(internalDate).toString()));
        values.addAll(flags);
        try (InputStream body = octets.open()) {
            AppendResult result = call(() -> rest.post()
                    .uri(uri -> {
                        uri.path("/api/accounts/{account}/mailboxes/{mailbox}/messages")
                                .queryParam("internalDate", "{date}");
                        for (int i = 0; i < flags.size(); i++) {
                            uri.queryParam("flags", "{flag" + i + "}");
                        }
                        return uri.build(values.toArray());
                    })
                    .contentType(MESSAGE)
                    .body(new SizedBody(body, size))
                    .retrieve()
                    .requiredBody(AppendResult.class));
            return new Appended(result.uidValidity(), result.uid(), result.modSeq(), result.id());
        }
    }

    /** A body that is sent as it is read. */
    private static final class SizedBody extends InputStreamResource {
        private final long size;

        SizedBody(InputStream body, long size) {
            super(body);
            this.size = size;
        }

        @Override
        public long contentLength() {
            return size;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    @Override
    public Map<String, Rendered> rendered(List<String> ids) {
        Map<String, Rendered> all = new HashMap<>();
        for (RenderedMessage message : call(() -> messages.rendered(ids))) {
            all.put(message.id(), StorageValues.rendered(message));
        }
        return all;
    }

    @Override
    public Map<String, byte[]> raw(List<String> ids, long most) {
        return call(() -> rest.post()
                .uri(uri ->
                        uri.path(MessageApi.RAW_PATH).queryParam("most", most).build())
                .contentType(MediaType.APPLICATION_JSON)
                .body(ids)
                .exchangeForRequiredValue((_, response) -> {
                    StorageValues.requireSuccess(response);
                    return StorageValues.octets(ids, response.getBody());
                }));
    }

    @Override
    public void raw(String id, long from, long length, OutputStream sink) throws IOException {
        if (length == 0) {
            return;
        }
        long copied = call(() -> rest.get()
                .uri("/api/internal/messages/{id}/raw", id)
                .header("Range", "bytes=" + from + "-" + (from + length - 1))
                .exchangeForRequiredValue((_, response) -> {
                    StorageValues.requireSuccess(response);
                    return StorageValues.copy(response, from, length, sink);
                }));
        if (copied != length) {
            throw new IOException("a message's octets broke off");
        }
    }
}
