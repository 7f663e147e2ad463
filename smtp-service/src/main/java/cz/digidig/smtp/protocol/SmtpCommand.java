package cz.digidig.smtp.protocol;

/** Every command that a session understands. Those without a grammar of their own are listed here. */
public sealed interface SmtpCommand
        permits HelloCommand,
                MailCommand,
                RcptCommand,
                BdatCommand,
                AuthCommand,
                SmtpCommand.Data,
                SmtpCommand.Reset,
                SmtpCommand.Noop,
                SmtpCommand.Quit,
                SmtpCommand.StartTls,
                SmtpCommand.Help,
                SmtpCommand.Verify,
                SmtpCommand.Expand {

    /** DATA (RFC 5321 §4.1.1.4). */
    record Data() implements SmtpCommand {}

    /** RSET (RFC 5321 §4.1.1.5). */
    record Reset() implements SmtpCommand {}

    /** NOOP, with or without a string that means nothing (RFC 5321 §4.1.1.9). */
    record Noop() implements SmtpCommand {}

    /** QUIT (RFC 5321 §4.1.1.10). */
    record Quit() implements SmtpCommand {}

    /** STARTTLS (RFC 3207 §4). */
    record StartTls() implements SmtpCommand {}

    /** HELP (RFC 5321 §4.1.1.8). */
    record Help() implements SmtpCommand {}

    /** VRFY (RFC 5321 §4.1.1.6). */
    record Verify(String what) implements SmtpCommand {}

    /** EXPN (RFC 5321 §4.1.1.7). */
    record Expand(String what) implements SmtpCommand {}

    /** The verb in lower case, as logs and metrics name it. */
    default String verb() {
        return switch (this) {
            case HelloCommand hello -> hello.extended() ? "ehlo" : "helo";
            case MailCommand mail -> "mail";
            case RcptCommand rcpt -> "rcpt";
            case BdatCommand bdat -> "bdat";
            case AuthCommand auth -> "auth";
            case Data data -> "data";
            case Reset reset -> "rset";
            case Noop noop -> "noop";
            case Quit quit -> "quit";
            case StartTls startTls -> "starttls";
            case Help help -> "help";
            case Verify verify -> "vrfy";
            case Expand expand -> "expn";
        };
    }
}
