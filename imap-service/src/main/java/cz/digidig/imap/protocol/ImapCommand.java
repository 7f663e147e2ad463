package cz.digidig.imap.protocol;

/**
 * A client's command, parsed whole (RFC 9051 §6). The commands with arguments have a file each; those without are here.
 * What the dispatcher must know of a command's manners are methods here, so that no handler decides them on its own.
 */
public sealed interface ImapCommand
        permits ImapCommand.Capability,
                ImapCommand.Noop,
                ImapCommand.Logout,
                ImapCommand.StartTls,
                ImapCommand.Namespace,
                ImapCommand.Idle,
                ImapCommand.Check,
                ImapCommand.Close,
                ImapCommand.Unselect,
                ImapCommand.Expunge,
                IdCommand,
                AuthenticateCommand,
                LoginCommand,
                EnableCommand,
                SelectCommand,
                CreateCommand,
                DeleteCommand,
                RenameCommand,
                SubscribeCommand,
                ListCommand,
                LsubCommand,
                StatusCommand,
                AppendCommand,
                UidExpungeCommand,
                SearchCommand,
                FetchCommand,
                StoreCommand,
                CopyCommand,
                MoveCommand {

    /** In which states a command is allowed (RFC 9051 §3). */
    enum Phase {
        ANY,
        NOT_AUTHENTICATED,
        /** With or without a selected mailbox. */
        AUTHENTICATED,
        SELECTED
    }

    /** The command's name in upper case, for logs and metrics. */
    String name();

    Phase allowedIn();

    /**
     * Whether EXPUNGE may be reported while it is answered. Not during FETCH, STORE and SEARCH with sequence numbers:
     * these would change meaning (RFC 9051 §7.5.1).
     */
    default boolean mayReportExpunge() {
        return true;
    }

    /** CAPABILITY (RFC 9051 §6.1.1). */
    record Capability() implements ImapCommand {
        @Override
        public String name() {
            return "CAPABILITY";
        }

        @Override
        public Phase allowedIn() {
            return Phase.ANY;
        }
    }

    /** NOOP (RFC 9051 §6.1.2). */
    record Noop() implements ImapCommand {
        @Override
        public String name() {
            return "NOOP";
        }

        @Override
        public Phase allowedIn() {
            return Phase.ANY;
        }
    }

    /** LOGOUT (RFC 9051 §6.1.3). */
    record Logout() implements ImapCommand {
        @Override
        public String name() {
            return "LOGOUT";
        }

        @Override
        public Phase allowedIn() {
            return Phase.ANY;
        }
    }

    /** STARTTLS (RFC 9051 §6.2.1). */
    record StartTls() implements ImapCommand {
        @Override
        public String name() {
            return "STARTTLS";
        }

        @Override
        public Phase allowedIn() {
            return Phase.NOT_AUTHENTICATED;
        }
    }

    /** NAMESPACE (RFC 9051 §6.3.10). */
    record Namespace() implements ImapCommand {
        @Override
        public String name() {
            return "NAMESPACE";
        }

        @Override
        public Phase allowedIn() {
            return Phase.AUTHENTICATED;
        }
    }

    /** IDLE (RFC 9051 §6.3.13). */
    record Idle() implements ImapCommand {
        @Override
        public String name() {
            return "IDLE";
        }

        @Override
        public Phase allowedIn() {
            return Phase.AUTHENTICATED;
        }
    }

    /** CHECK (RFC 3501 §6.4.1): NOOP by another name. */
    record Check() implements ImapCommand {
        @Override
        public String name() {
            return "CHECK";
        }

        @Override
        public Phase allowedIn() {
            return Phase.SELECTED;
        }
    }

    /** CLOSE (RFC 9051 §6.4.1). */
    record Close() implements ImapCommand {
        @Override
        public String name() {
            return "CLOSE";
        }

        @Override
        public Phase allowedIn() {
            return Phase.SELECTED;
        }
    }

    /** UNSELECT (RFC 9051 §6.4.2). */
    record Unselect() implements ImapCommand {
        @Override
        public String name() {
            return "UNSELECT";
        }

        @Override
        public Phase allowedIn() {
            return Phase.SELECTED;
        }
    }

    /** EXPUNGE (RFC 9051 §6.4.3). */
    record Expunge() implements ImapCommand {
        @Override
        public String name() {
            return "EXPUNGE";
        }

        @Override
        public Phase allowedIn() {
            return Phase.SELECTED;
        }
    }

    /** Reads the command behind the tag; the reader stands at the line's end afterwards, APPEND aside. */
    static ImapCommand parse(CommandReader in) {
        String name = in.keyword();
        ImapCommand command =
                switch (name) {
                    case "CAPABILITY" -> new Capability();
                    case "NOOP" -> new Noop();
                    case "LOGOUT" -> new Logout();
                    case "STARTTLS" -> new StartTls();
                    case "NAMESPACE" -> new Namespace();
                    case "IDLE" -> new Idle();
                    case "CHECK" -> new Check();
                    case "CLOSE" -> new Close();
                    case "UNSELECT" -> new Unselect();
                    case "EXPUNGE" -> new Expunge();
                    case "ID" -> IdCommand.parse(in);
                    case "AUTHENTICATE" -> AuthenticateCommand.parse(in);
                    case "LOGIN" -> LoginCommand.parse(in);
                    case "ENABLE" -> EnableCommand.parse(in);
                    case "SELECT" -> SelectCommand.parse(in, SelectCommand.Access.READ_WRITE);
                    case "EXAMINE" -> SelectCommand.parse(in, SelectCommand.Access.READ_ONLY);
                    case "CREATE" -> CreateCommand.parse(in);
                    case "DELETE" -> DeleteCommand.parse(in);
                    case "RENAME" -> RenameCommand.parse(in);
                    case "SUBSCRIBE" -> SubscribeCommand.parse(in, SubscribeCommand.Wish.ON);
                    case "UNSUBSCRIBE" -> SubscribeCommand.parse(in, SubscribeCommand.Wish.OFF);
                    case "LIST" -> ListCommand.parse(in);
                    case "LSUB" -> LsubCommand.parse(in);
                    case "STATUS" -> StatusCommand.parse(in);
                    case "APPEND" -> AppendCommand.parse(in);
                    case "UID" -> uid(in);
                    case "SEARCH" -> SearchCommand.parse(in, MessageRef.SEQUENCE);
                    case "FETCH" -> FetchCommand.parse(in, MessageRef.SEQUENCE);
                    case "STORE" -> StoreCommand.parse(in, MessageRef.SEQUENCE);
                    case "COPY" -> CopyCommand.parse(in, MessageRef.SEQUENCE);
                    case "MOVE" -> MoveCommand.parse(in, MessageRef.SEQUENCE);
                    default -> throw in.bad("Unknown command");
                };
        if (!(command instanceof AppendCommand)) {
            in.end();
        }
        return command;
    }

    private static ImapCommand uid(CommandReader in) {
        in.space();
        return switch (in.keyword()) {
            case "SEARCH" -> SearchCommand.parse(in, MessageRef.UID);
            case "FETCH" -> FetchCommand.parse(in, MessageRef.UID);
            case "STORE" -> StoreCommand.parse(in, MessageRef.UID);
            case "COPY" -> CopyCommand.parse(in, MessageRef.UID);
            case "MOVE" -> MoveCommand.parse(in, MessageRef.UID);
            case "EXPUNGE" -> UidExpungeCommand.parse(in);
            default -> throw in.bad("Unknown UID command");
        };
    }
}
