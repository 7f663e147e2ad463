package cz.digidig.imap.mailbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Storage's announcements of changes. While it is healthy, what was not announced has not changed; when it breaks, and when
 * it comes back, everything is in doubt.
 */
public final class ChangeFeed {
    /** Hears of changes; on the feed's thread, so it must not block. */
    public interface Listener {
        /** A mailbox changed; mod-sequence 0: not known, or it is gone. */
        void mailboxChanged(String account, String mailbox, long modSeq);

        /** An account's list of mailboxes changed. */
        void mailboxesChanged(String account);

        /** Anything may have changed. */
        void everythingInDoubt();
    }

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean healthy;

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public boolean healthy() {
        return healthy;
    }

    /** The stream stands: from now on every change is announced. */
    public void connected() {
        healthy = true;
        listeners.forEach(Listener::everythingInDoubt);
    }

    /** The stream broke. */
    public void interrupted() {
        healthy = false;
        listeners.forEach(Listener::everythingInDoubt);
    }

    /** An announcement; an empty mailbox id: the account's list. */
    public void changed(String account, String mailbox, long modSeq) {
        for (Listener listener : listeners) {
            if (mailbox.isEmpty()) {
                listener.mailboxesChanged(account);
            } else {
                listener.mailboxChanged(account, mailbox, modSeq);
            }
        }
    }
}
