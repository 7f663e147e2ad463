package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.mailbox.MailboxDirectory;
import cz.digidig.imap.mailbox.MailboxSnapshotCache;
import cz.digidig.imap.mailbox.MessageCache;
import cz.digidig.imap.protocol.AppendCommand;
import cz.digidig.imap.protocol.AuthenticateCommand;
import cz.digidig.imap.protocol.CopyCommand;
import cz.digidig.imap.protocol.CreateCommand;
import cz.digidig.imap.protocol.DeleteCommand;
import cz.digidig.imap.protocol.EnableCommand;
import cz.digidig.imap.protocol.FetchCommand;
import cz.digidig.imap.protocol.IdCommand;
import cz.digidig.imap.protocol.ImapCommand;
import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.ListCommand;
import cz.digidig.imap.protocol.LoginCommand;
import cz.digidig.imap.protocol.LsubCommand;
import cz.digidig.imap.protocol.MoveCommand;
import cz.digidig.imap.protocol.RenameCommand;
import cz.digidig.imap.protocol.Request;
import cz.digidig.imap.protocol.SearchCommand;
import cz.digidig.imap.protocol.SelectCommand;
import cz.digidig.imap.protocol.StatusCommand;
import cz.digidig.imap.protocol.StoreCommand;
import cz.digidig.imap.protocol.SubscribeCommand;
import cz.digidig.imap.protocol.UidExpungeCommand;
import cz.digidig.imap.session.Directory;
import cz.digidig.imap.session.Session;
import cz.digidig.imap.session.SessionState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Runs a command by its handler, if the session's state allows it. */
public final class CommandDispatcher {
    private final LogInHandler logIn;
    private final SelectHandler select;
    private final CreateHandler create;
    private final DeleteHandler delete;
    private final RenameHandler rename;
    private final SubscribeHandler subscribe;
    private final ListHandler list;
    private final LsubHandler lsub;
    private final StatusHandler status;
    private final AppendHandler append;
    private final IdleHandler idle = new IdleHandler();
    private final CloseHandler close = new CloseHandler();
    private final ExpungeHandler expunge = new ExpungeHandler();
    private final SearchHandler search;
    private final FetchHandler fetch;
    private final StoreHandler store = new StoreHandler();
    private final CopyHandler copy;
    private final MoveHandler move;
    private final EnableHandler enable = new EnableHandler();
    private final IdHandler id = new IdHandler();
    private final StartTlsHandler startTls = new StartTlsHandler();

    /** @param spool a folder for APPENDed messages on their way */
    public CommandDispatcher(
            MailStore store,
            MailboxDirectory mailboxes,
            MailboxSnapshotCache snapshots,
            MessageCache messages,
            Directory directory,
            Clock clock,
            Path spool) {
        this.logIn = new LogInHandler(directory);
        this.select = new SelectHandler(mailboxes, snapshots);
        this.create = new CreateHandler(store, mailboxes);
        this.delete = new DeleteHandler(store, mailboxes, snapshots);
        this.rename = new RenameHandler(store, mailboxes, snapshots);
        this.subscribe = new SubscribeHandler(store, mailboxes);
        this.list = new ListHandler(mailboxes);
        this.lsub = new LsubHandler(mailboxes);
        this.status = new StatusHandler(store, mailboxes, snapshots);
        this.append = new AppendHandler(store, mailboxes, snapshots, messages, clock, spool);
        this.search = new SearchHandler(messages, clock);
        this.fetch = new FetchHandler(messages);
        this.copy = new CopyHandler(mailboxes, snapshots);
        this.move = new MoveHandler(mailboxes, snapshots);
    }

    /** Runs a command and writes its answer up to, but not including, the tagged response. */
    public Completion run(Session session, Request request) throws IOException {
        ImapCommand command = request.command();
        requirePhase(session, command);
        Completion completion = handle(session, request);
        session.report(command.mayReportExpunge());
        return completion;
    }

    private static void requirePhase(Session session, ImapCommand command) {
        boolean allowed =
                switch (command.allowedIn()) {
                    case ANY -> true;
                    case NOT_AUTHENTICATED -> session.state() instanceof SessionState.NotAuthenticated;
                    case AUTHENTICATED ->
                        session.state() instanceof SessionState.Authenticated
                                || session.state() instanceof SessionState.Selected;
                    case SELECTED -> session.state() instanceof SessionState.Selected;
                };
        if (!allowed) {
            throw new BadSyntax(command.name() + " is not allowed in this state");
        }
    }

    private Completion handle(Session session, Request request) throws IOException {
        return switch (request.command()) {
            case ImapCommand.Capability _ -> {
                session.writer().write(new ImapResponse.Capability(cz.digidig.imap.session.Capabilities.of(session)));
                yield Completion.ok("That is all");
            }
            case ImapCommand.Noop _ -> Completion.ok("Nothing done");
            case ImapCommand.Check _ -> Completion.ok("All is saved");
            case ImapCommand.Logout _ -> {
                session.logOut();
                session.writer().write(new ImapResponse.Untagged(ImapResponse.Condition.BYE, null, "Until next time"));
                yield Completion.ok("Logged out");
            }
            case ImapCommand.Namespace _ -> {
                session.writer().write(new ImapResponse.Namespace());
                yield Completion.ok("That is all");
            }
            case ImapCommand.StartTls _ -> startTls.handle(session, request.tag());
            case ImapCommand.Idle _ -> idle.handle(session);
            case ImapCommand.Close _ -> close.handle(session);
            case ImapCommand.Unselect _ -> {
                session.deselect();
                yield Completion.ok("No mailbox is selected now");
            }
            case ImapCommand.Expunge _ -> expunge.handle(session, null);
            case UidExpungeCommand command -> expunge.handle(session, command.messages());
            case IdCommand command -> id.handle(session, command);
            case AuthenticateCommand command -> logIn.handle(session, command);
            case LoginCommand command -> logIn.handle(session, command);
            case EnableCommand command -> enable.handle(session, command);
            case SelectCommand command -> select.handle(session, command);
            case CreateCommand command -> create.handle(session, command);
            case DeleteCommand command -> delete.handle(session, command);
            case RenameCommand command -> rename.handle(session, command);
            case SubscribeCommand command -> subscribe.handle(session, command);
            case ListCommand command -> list.handle(session, command);
            case LsubCommand command -> lsub.handle(session, command);
            case StatusCommand command -> status.handle(session, command);
            case AppendCommand command -> append.handle(session, command);
            case SearchCommand command -> search.handle(session, request.tag(), command);
            case FetchCommand command -> fetch.handle(session, command);
            case StoreCommand command -> store.handle(session, command);
            case CopyCommand command -> copy.handle(session, command);
            case MoveCommand command -> move.handle(session, command);
        };
    }
}
