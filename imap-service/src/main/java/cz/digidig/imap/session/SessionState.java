package cz.digidig.imap.session;

import cz.digidig.imap.mailbox.MailboxView;
import cz.digidig.imap.protocol.MailboxName;
import cz.digidig.imap.protocol.SelectCommand;

/** Where a session stands (RFC 9051 §3), with what exists there only. */
public sealed interface SessionState {
    record NotAuthenticated() implements SessionState {}

    record Authenticated(Account account) implements SessionState {}

    /**
     * A mailbox is selected.
     *
     * @param account who
     * @param mailbox the mailbox's id
     * @param name its name when it was selected
     * @param view what the client knows of it
     * @param access whether it may be changed
     */
    record Selected(Account account, String mailbox, MailboxName name, MailboxView view, SelectCommand.Access access)
            implements SessionState {
        public boolean readOnly() {
            return access == SelectCommand.Access.READ_ONLY;
        }
    }

    record LoggedOut() implements SessionState {}
}
