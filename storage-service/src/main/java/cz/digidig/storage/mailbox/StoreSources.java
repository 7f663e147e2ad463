package cz.digidig.storage.mailbox;

import cz.digidig.common.api.storage.ExpungeResult;
import cz.digidig.common.api.storage.FlagChange;
import cz.digidig.common.api.storage.FlagResult;
import cz.digidig.common.api.storage.MailboxChanges;
import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.storage.listing.MessageSource;
import cz.digidig.storage.message.MessageStore;
import cz.digidig.storage.search.MailboxSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.stereotype.Component;

/** What searching and listing ask of the store. */
@Component
class StoreSources implements MailboxSource, MessageSource {
    private final Mailboxes mailboxes;
    private final MessageStore messages;

    StoreSources(Mailboxes mailboxes, MessageStore messages) {
        this.mailboxes = mailboxes;
        this.messages = messages;
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
        return messages.texts(ids);
    }

    @Override
    public List<StoredMessage> messages(List<String> ids) {
        return messages.messages(ids);
    }

    @Override
    public void writeOctets(String id, long offset, long length, OutputStream sink) throws IOException {
        messages.writeOctets(id, offset, length, sink);
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
