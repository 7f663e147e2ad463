package cz.digidig.imap.command;

import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.Mailbox;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.mailbox.MessageCache;
import cz.digidig.imap.protocol.AppendCommand;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.MessageLiteral;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.session.Session;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * APPEND (RFC 9051 §6.3.12, RFC 7889). The message is taken in whole before storage is asked, large ones into a file, so
 * that a slow client holds none of storage's connections.
 */
final class AppendHandler {
    private final MailStore store;
    private final MailboxDirectory mailboxes;
    private final MailboxSnapshotCache snapshots;
    private final MessageCache messages;
    private final Clock clock;
    private final Path spool;

    AppendHandler(
            MailStore store,
            MailboxDirectory mailboxes,
            MailboxSnapshotCache snapshots,
            MessageCache messages,
            Clock clock,
            Path spool) {
        this.store = store;
        this.mailboxes = mailboxes;
        this.snapshots = snapshots;
        this.messages = messages;
        this.clock = clock;
        this.spool = spool;
    }

    Completion handle(Session session, AppendCommand command) throws IOException {
        String account = session.account().id();
        long size = command.message().size();
        if (size > session.limits().largestMessage()) {
            throw new Refused(
                    ResponseCode.Plain.TOOBIG,
                    "Messages up to " + session.limits().largestMessage() + " octets are taken");
        }
        if (size == 0) {
            throw new Refused(null, "A message has at least one octet");
        }
        Mailbox mailbox = mailboxes
                .find(account, command.mailbox())
                .orElseThrow(() -> new Refused(ResponseCode.Plain.TRYCREATE, "No such mailbox"));
        Instant date = command.internalDate();
        long millis = date == null ? clock.millis() : date.toEpochMilli();
        MailStore.Appended appended;
        if (size <= session.limits().messageInMemory()) {
            ByteArrayOutputStream taken = new ByteArrayOutputStream((int) size);
            take(session, command, taken);
            byte[] octets = taken.toByteArray();
            appended = store.append(
                    account, mailbox.id(), command.flags(), millis, size, () -> new ByteArrayInputStream(octets));
            messages.keep(appended.id(), octets);
        } else {
            Path file = Files.createTempFile(spool, "append-", ".eml");
            try {
                try (OutputStream sink = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
                    take(session, command, sink);
                }
                appended = store.append(
                        account, mailbox.id(), command.flags(), millis, size, () -> Files.newInputStream(file));
            } finally {
                Files.deleteIfExists(file);
            }
        }
        noted(mailbox, command, appended, size, millis);
        return Completion.ok(new ResponseCode.AppendUid(appended.uidValidity(), appended.uid()), "Appended");
    }

    private static void take(Session session, AppendCommand command, OutputStream sink) throws IOException {
        MessageLiteral message = command.message();
        NulCheck checked = new NulCheck(sink);
        session.reader().readMessage(message, checked, command.closing());
        if (checked.found && !message.binary()) {
            // RFC 9051 §9: CHAR8 excludes it; literal8 is for such messages.
            throw new Refused(ResponseCode.Plain.CANNOT, "The message contains NUL; send it as literal8");
        }
    }

    private void noted(Mailbox mailbox, AppendCommand command, MailStore.Appended appended, long size, long millis) {
        int bits = 0;
        List<String> keywords = new ArrayList<>();
        for (String flag : command.flags()) {
            Optional<MessageFlag> system = MessageFlag.ofImapName(flag);
            if (system.isPresent()) {
                bits |= system.get().bit();
            } else {
                keywords.add(flag);
            }
        }
        if (keywords.isEmpty()) {
            snapshots.appended(mailbox.id(), appended, bits, keywords, size, millis);
        } else {
            // Storage decides how keywords are spelt.
            snapshots.doubt(mailbox.id());
        }
    }

    /** Passes octets on and looks for NUL. */
    private static final class NulCheck extends FilterOutputStream {
        private boolean found;

        NulCheck(OutputStream sink) {
            super(sink);
        }

        @Override
        public void write(int octet) throws IOException {
            found |= octet == 0;
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            for (int i = from; i < from + count; i++) {
                found |= octets[i] == 0;
            }
            out.write(octets, from, count);
        }
    }
}
