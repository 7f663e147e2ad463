package cz.digidig.storage.ingest;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.AppendResult;
import cz.digidig.common.api.storage.DeliveryResult;
import cz.digidig.common.api.storage.DeliveryResult.AccountResult;
import cz.digidig.common.api.storage.DeliveryResult.Outcome;
import cz.digidig.storage.journal.FlagSet;
import cz.digidig.storage.journal.MailboxJournal;
import cz.digidig.storage.journal.MessageId;
import cz.digidig.storage.journal.NewMessage;
import cz.digidig.storage.journal.Placed;
import cz.digidig.storage.mailbox.BlockedSenders;
import cz.digidig.storage.mailbox.Mailboxes;
import cz.digidig.storage.mailbox.Quotas;
import cz.digidig.storage.message.MessageStore;
import cz.digidig.storage.mime.MessageParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Stores new messages. */
@Component
final class Ingest {
    private final Mailboxes mailboxes;
    private final Quotas quotas;
    private final MessageStore messages;
    private final MailboxJournal journal;
    private final Clock clock;
    private final MessageParser parser = new MessageParser();

    Ingest(Mailboxes mailboxes, Quotas quotas, MessageStore messages, MailboxJournal journal, Clock clock) {
        this.mailboxes = mailboxes;
        this.quotas = quotas;
        this.messages = messages;
        this.journal = journal;
        this.clock = clock;
    }

    /** RFC 9051 §6.3.12. */
    AppendResult append(String account, String mailbox, byte[] octets, FlagSet flags, long internalDate) {
        String id = mailboxes.id(account, mailbox);
        if (!quotas.take(account, octets.length)) {
            throw new ProblemException(ErrorCode.OVER_QUOTA, "The account's storage limit would be exceeded");
        }
        MessageId message = messages.store(List.of(account), octets).getFirst();
        Placed placed = journal.add(
                id, new NewMessage(message, octets.length, flags.flags(), flags.keywords(), internalDate), null);
        return new AppendResult(placed.uidValidity(), placed.uid(), placed.modSeq(), placed.id());
    }

    /**
     * Puts a message into a mailbox of each account, once for each whatever the number of repeats.
     *
     * @param use the special use of the mailbox (RFC 6154); null: INBOX, or Junk for blocked senders
     */
    DeliveryResult deliver(String key, List<String> accounts, @Nullable String use, FlagSet flags, byte[] octets) {
        List<AccountResult> results = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (String account : accounts) {
            places.add(use == null ? inbox(account, octets) : mailboxes.idForUse(account, use));
            if (quotas.take(account, octets.length)) {
                open.add(account);
            }
        }
        List<MessageId> ids = open.isEmpty() ? List.of() : messages.store(open, octets);
        for (int i = 0; i < accounts.size(); i++) {
            String account = accounts.get(i);
            int place = open.indexOf(account);
            if (place < 0) {
                // A repeat is answered as the first time, even if that filled the account.
                results.add(journal.delivered(places.get(i), deliveryId(key, account))
                        .map(before -> delivered(account, before))
                        .orElseGet(() -> new AccountResult(account, Outcome.OVER_QUOTA, "", 0)));
                continue;
            }
            Placed placed = journal.add(
                    places.get(i),
                    new NewMessage(ids.get(place), octets.length, flags.flags(), flags.keywords(), clock.millis()),
                    deliveryId(key, account));
            results.add(delivered(account, placed));
        }
        return new DeliveryResult(results);
    }

    /** INBOX; the junk mailbox for mail of whom the account blocked. */
    private String inbox(String account, byte[] octets) {
        BlockedSenders blocked = mailboxes.blockedSenders(account);
        return !blocked.senders().isEmpty() && blocked.block(parser.authors(octets))
                ? mailboxes.idForUse(account, "Junk")
                : mailboxes.id(account, "INBOX");
    }

    private static AccountResult delivered(String account, Placed placed) {
        return new AccountResult(account, Outcome.DELIVERED, placed.mailbox(), placed.uid());
    }

    private static String deliveryId(String key, String account) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash) + "/" + account;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
