package cz.digidig.imap.session;

import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.MailboxSnapshot;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.mailbox.MailboxView;
import cz.digidig.imap.protocol.CommandReader;
import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.ImapFailure.Farewell;
import cz.digidig.imap.protocol.ImapFailure.Unavailable;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.ReaderLimits;
import cz.digidig.imap.protocol.ResponseWriter;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** One client's session, from greeting to end. */
public final class Session implements MailboxView.Report {
    private final ClientLink link;
    private final CommandReader reader;
    private final ResponseWriter writer;
    private final SessionLimits limits;
    private final MailboxSnapshotCache snapshots;
    private final Set<Extension> enabled = EnumSet.noneOf(Extension.class);
    private SessionState state = new SessionState.NotAuthenticated();
    private int loginFailures;

    public Session(
            ClientLink link,
            CommandReader reader,
            ResponseWriter writer,
            SessionLimits limits,
            MailboxSnapshotCache snapshots) {
        this.link = link;
        this.reader = reader;
        this.writer = writer;
        this.limits = limits;
        this.snapshots = snapshots;
    }

    public ClientLink link() {
        return link;
    }

    public CommandReader reader() {
        return reader;
    }

    public ResponseWriter writer() {
        return writer;
    }

    public SessionLimits limits() {
        return limits;
    }

    public SessionState state() {
        return state;
    }

    /** Who is logged in, with or without a selected mailbox. */
    public Account account() {
        return switch (state) {
            case SessionState.Authenticated authenticated -> authenticated.account();
            case SessionState.Selected selected -> selected.account();
            case SessionState.NotAuthenticated _, SessionState.LoggedOut _ -> throw new BadSyntax("Log in first");
        };
    }

    /** The selected mailbox. */
    public SessionState.Selected selected() {
        if (state instanceof SessionState.Selected selected) {
            return selected;
        }
        throw new BadSyntax("Select a mailbox first");
    }

    public void loggedIn(Account account) {
        state = new SessionState.Authenticated(account);
        reader.limits(ReaderLimits.afterLogin(limits.largestMessage()));
    }

    /** Counts a refused log-in; too many end the connection. */
    public void loginFailed() {
        if (++loginFailures >= limits.loginFailures()) {
            throw new Farewell(null, "Too many failed log-ins");
        }
    }

    /** Selects a mailbox; the one before is left. */
    public void select(SessionState.Selected selected) {
        deselect();
        state = selected;
    }

    /** Leaves the selected mailbox, if there is one. */
    public void deselect() {
        if (state instanceof SessionState.Selected selected) {
            snapshots.release(selected.view().shared());
            state = new SessionState.Authenticated(selected.account());
        }
    }

    /** The end: nothing is held any more. */
    public void logOut() {
        deselect();
        state = new SessionState.LoggedOut();
    }

    public boolean isEnabled(Extension extension) {
        return enabled.contains(extension);
    }

    /** False: it was enabled before. */
    public boolean enable(Extension extension) {
        boolean news = enabled.add(extension);
        if (extension == Extension.IMAP4REV2 || extension == Extension.UTF8_ACCEPT) {
            reader.utf8(true);
            writer.utf8(true);
        }
        return news;
    }

    /** Tells the client what happened to the selected mailbox. */
    public void report(boolean expunge) throws IOException {
        if (!(state instanceof SessionState.Selected selected)) {
            return;
        }
        try {
            if (selected.view().update(expunge, this) == MailboxView.Outcome.REBUILT) {
                throw new Farewell(null, "The mailbox was rebuilt; select it again");
            }
        } catch (MailStore.MailboxGone _) {
            throw new Farewell(null, "The selected mailbox was deleted");
        } catch (Unavailable _) {
            // What the client was told stays true; the next command tries again.
        }
    }

    @Override
    public void expunged(int sequence) throws IOException {
        writer.write(new ImapResponse.Expunge(sequence));
    }

    @Override
    public void exists(int messages) throws IOException {
        writer.write(new ImapResponse.Exists(messages));
        if (!isEnabled(Extension.IMAP4REV2)) {
            writer.write(new ImapResponse.Recent(0));
        }
    }

    @Override
    public void flagsChanged(MailboxSnapshot.Row row) throws IOException {
        writer.fetch(row.sequence()).ascii("UID ").number(row.uid()).octet(' ').flags(row.flags(), row.keywords());
        if (isEnabled(Extension.CONDSTORE)) {
            writer.ascii(" MODSEQ (").number(row.modSeq()).octet(')');
        }
        writer.fetchEnd();
    }
}
