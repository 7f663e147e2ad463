package cz.digidig.storage.listing;

import cz.digidig.common.api.storage.MailboxSummary;
import cz.digidig.storage.index.Region;
import cz.digidig.storage.listing.MessageSource.StoredMessage;
import cz.digidig.storage.mime.MessageReader;
import cz.digidig.storage.search.AccountRows;
import cz.digidig.storage.search.Hits;
import cz.digidig.storage.search.MailboxSearch;
import cz.digidig.storage.search.Query;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Searches all mailboxes of an account. */
@Component
class AccountSearch {
    /** Of a longer message the snippet is its preview. */
    private static final int MOST_READ = 256 << 10;

    private static final int MOST_TEXT = 200_000;
    /** Once reading messages for snippets took so long, the rest of the page shows previews. */
    private static final Duration MOST_READING = Duration.ofMillis(80);

    private final MailboxSearch search;
    private final Messages messages;
    private final MessageSource source;

    AccountSearch(MailboxSearch search, Messages messages, MessageSource source) {
        this.search = search;
        this.messages = messages;
        this.source = source;
    }

    /** A page of what is found, newest first. */
    FoundPage find(String account, Query query, AccountRows.@Nullable Place below, int limit) {
        Hits hits = search.newest(account, query, below, limit + 1);
        AccountRows rows = hits.rows();
        int[] found = hits.found();
        int count = Math.min(limit, found.length);
        List<String> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(rows.id(found[i]));
        }
        Map<String, StoredMessage> stored = messages.stored(ids);
        Marker marker = new Marker(query);
        List<FoundMessage> items = new ArrayList<>(count);
        long end = System.nanoTime() + MOST_READING.toNanos();
        for (int i = 0; i < count; i++) {
            StoredMessage message = stored.get(ids.get(i));
            if (message != null) {
                items.add(found(rows, found[i], message, marker, System.nanoTime() - end < 0));
            }
        }
        return new FoundPage(items, next(hits, count), new FoundPage.Total(hits.total(), hits.exact()));
    }

    private static @Nullable String next(Hits hits, int shown) {
        if (hits.found().length > shown) {
            return AccountCursor.below(hits.rows().place(hits.found()[shown - 1]));
        }
        return hits.end() > 0 ? AccountCursor.below(hits.rows().place(hits.end())) : null;
    }

    private FoundMessage found(AccountRows rows, int row, StoredMessage message, Marker marker, boolean read) {
        MailboxSummary mailbox = rows.mailboxOf(row);
        return new FoundMessage(
                new FoundMessage.Place(mailbox.id(), mailbox.path(), mailbox.specialUse()),
                MessageSummary.of(rows.contentsOf(row), rows.rowIn(row), message),
                marker.whole(Region.SUBJECT, message.facts().subject()),
                snippet(message, rows.contentsOf(row).size(rows.rowIn(row)), marker, read));
    }

    private Marked snippet(StoredMessage message, long size, Marker marker, boolean read) {
        Marked preview = marker.whole(Region.BODY, message.facts().preview());
        if (!preview.marks().isEmpty() || !read || size > MOST_READ || !marker.looksInto(Region.BODY)) {
            return preview;
        }
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream((int) size);
            source.writeOctets(message.id(), 0, size, octets);
            Marked piece = marker.piece(Region.BODY, MessageReader.text(octets.toByteArray(), MOST_TEXT));
            return piece.marks().isEmpty() ? preview : piece;
        } catch (IOException unreadable) {
            return preview;
        }
    }
}
