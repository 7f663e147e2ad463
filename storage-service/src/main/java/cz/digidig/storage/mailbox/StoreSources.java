package cz.digidig.storage.mailbox;

import cz.digidig.common.api.storage.ExpungeResult;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.storage.database.CollectionWalk;
import cz.digidig.storage.database.Database;
import cz.digidig.storage.index.IndexSource;
import cz.digidig.storage.index.IndexedMessage;
import cz.digidig.storage.listing.MessageSource;
import cz.digidig.storage.message.MessageStore;
import cz.digidig.storage.search.MailboxSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** What searching, indexing and listing ask of the store. */
@Component
class StoreSources implements MailboxSource, MessageSource, IndexSource {
    private static final int WALKED = 500;

    private final Mailboxes mailboxes;
    private final MessageStore store;
    private final Database database;

    StoreSources(Mailboxes mailboxes, MessageStore store, Database database) {
        this.mailboxes = mailboxes;
        this.store = store;
        this.database = database;
    }

    @Override
    public List<MailboxSummary> mailboxes(String account) {
        return mailboxes.list(account);
    }

    @Override
    public void walk(Consumer<List<Known>> step) {
        new CollectionWalk(database.mailboxes(), WALKED, "account", "uidNext", "highestModSeq")
                .forEach(documents -> step.accept(documents.stream()
                        .map(document -> new Known(
                                document.getString("account"),
                                document.getString("_id"),
                                document.getLong("uidNext"),
                                document.getLong("highestModSeq")))
                        .toList()));
    }

    @Override
    public MailboxSummary mailbox(String account, String mailbox) {
        return mailboxes.get(account, mailbox);
    }

    @Override
    public MailboxChanges changes(String account, String mailbox, long since, long afterUid, int limit) {
        return mailboxes.changes(account, mailbox, since, afterUid, limit);
    }

    @Override
    public List<MessageText> texts(List<String> ids) {
        return store.texts(ids);
    }

    @Override
    public List<IndexedMessage> indexed(List<String> ids) {
        return store.indexed(ids);
    }

    @Override
    public List<StoredMessage> messages(List<String> ids) {
        return store.messages(ids);
    }

    @Override
    public Map<String, String> threads(List<String> ids) {
        return store.threads(ids);
    }

    @Override
    public void writeOctets(String id, long offset, long length, OutputStream sink) throws IOException {
        store.writeOctets(id, offset, length, sink);
    }

    @Override
    public FlagResult flags(String account, String mailbox, FlagChange change) {
        return mailboxes.flags(account, mailbox, change);
    }

    @Override
    public ExpungeResult expunge(String account, String mailbox, String uids) {
        return mailboxes.expunge(account, mailbox, uids);
    }
}
