package cz.digidig.smtp.command;

import cz.digidig.smtp.protocol.AuthCommand;
import cz.digidig.smtp.protocol.Credentials;
import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.SmtpReply;
import cz.digidig.smtp.session.Directory;
import cz.digidig.smtp.session.SessionState;
import cz.digidig.smtp.session.SmtpSession;
import cz.digidig.smtp.settings.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AUTH (RFC 4954): on submission listeners and under TLS only. */
final class AuthHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AuthHandler.class);
    private static final SmtpReply CANCELLED =
            SmtpReply.of(501, EnhancedStatus.BAD_ARGUMENTS, "The log-in was cancelled or is malformed");
    private static final SmtpReply REFUSED =
            SmtpReply.of(535, EnhancedStatus.BAD_CREDENTIALS, "The credentials were not accepted");
    /** What RFC 7628 §3.2.2 wants a client to be told before the refusal. */
    private static final String TOKEN_ERROR = "{\"status\":\"invalid_token\",\"scope\":\"mail.send\"}";

    private final Directory directory;

    AuthHandler(Directory directory) {
        this.directory = directory;
    }

    SmtpReply handle(SmtpSession session, AuthCommand auth) throws IOException {
        if (session.listener().role() != Role.SUBMISSION) {
            return SmtpReply.of(502, EnhancedStatus.BAD_SEQUENCE, "There is no log-in here; use a submission port");
        }
        if (!session.connection().secure()) {
            return SmtpReply.of(538, new EnhancedStatus(5, 7, 11), "Logging in needs TLS");
        }
        if (session.account().isPresent()) {
            return Refusals.badSequence("You are logged in");
        }
        if (!(session.state() instanceof SessionState.Greeted)) {
            return session.state() instanceof SessionState.Fresh
                    ? Refusals.HELLO_FIRST
                    : Refusals.badSequence("Not while a message is under way");
        }
        Optional<Credentials> credentials =
                switch (auth.mechanism()) {
                    case "PLAIN" -> response(session, auth).flatMap(Credentials::plain);
                    case "LOGIN" -> login(session, auth);
                    case "OAUTHBEARER" -> response(session, auth).flatMap(Credentials::oauthBearer);
                    case "XOAUTH2" -> response(session, auth).flatMap(Credentials::xoauth2);
                    default -> null;
                };
        if (credentials == null) {
            return SmtpReply.of(504, EnhancedStatus.BAD_ARGUMENTS, "Mechanisms: " + HelloHandler.MECHANISMS);
        }
        return credentials.isPresent() ? check(session, credentials.get()) : CANCELLED;
    }

    private static Optional<byte[]> response(SmtpSession session, AuthCommand auth) throws IOException {
        String initial = auth.initial();
        return answer(initial == null ? session.ask(SmtpReply.plain(334, "")) : initial);
    }

    private static Optional<byte[]> answer(String line) {
        return line.equals("*") ? Optional.empty() : Credentials.base64(line);
    }

    /** LOGIN has no standard, only clients: user name and password, each asked for. */
    private static Optional<Credentials> login(SmtpSession session, AuthCommand auth) throws IOException {
        String initial = auth.initial();
        String user = initial == null ? session.ask(question("Username:")) : initial;
        Optional<String> name = answer(user).flatMap(Credentials::text);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> password = answer(session.ask(question("Password:"))).flatMap(Credentials::text);
        return password.map(secret -> new Credentials.Password(name.get(), secret));
    }

    private static SmtpReply question(String text) {
        return SmtpReply.plain(334, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private SmtpReply check(SmtpSession session, Credentials credentials) throws IOException {
        return switch (directory.logIn(credentials, session.client())) {
            case Directory.LogIn.Accepted accepted -> {
                session.loggedIn(accepted.account());
                LOG.atInfo()
                        .addKeyValue("session", session.connection().id())
                        .addKeyValue("account", accepted.account().id())
                        .log("log-in of {}", accepted.account().email());
                yield SmtpReply.of(235, EnhancedStatus.LOGGED_IN, "Logged in");
            }
            case Directory.LogIn.Refused refused -> refuse(session, credentials);
            case Directory.LogIn.TooMany tooMany ->
                failed(
                        session,
                        SmtpReply.of(
                                454,
                                EnhancedStatus.TOO_MANY_ATTEMPTS,
                                "Too many attempts; try again in "
                                        + Math.max(1, tooMany.pause().toSeconds()) + " s"));
            case Directory.LogIn.Unavailable unavailable ->
                SmtpReply.of(454, EnhancedStatus.TOO_MANY_ATTEMPTS, "Log-ins can't be checked now; try again later");
        };
    }

    private static SmtpReply refuse(SmtpSession session, Credentials credentials) throws IOException {
        if (credentials instanceof Credentials.Token) {
            byte[] error = TOKEN_ERROR.getBytes(StandardCharsets.US_ASCII);
            session.ask(SmtpReply.plain(334, Base64.getEncoder().encodeToString(error)));
        }
        LOG.atInfo()
                .addKeyValue("session", session.connection().id())
                .addKeyValue("client", session.client().getHostAddress())
                .log("log-in refused");
        return failed(session, REFUSED);
    }

    private static SmtpReply failed(SmtpSession session, SmtpReply reply) {
        if (session.logInFailed()) {
            session.end();
        }
        return reply;
    }
}
