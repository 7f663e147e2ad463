package cz.digidig.imap.command;

import cz.digidig.imap.protocol.AuthenticateCommand;
import cz.digidig.imap.protocol.ImapFailure.BadSyntax;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.LoginCommand;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.session.Capabilities;
import cz.digidig.imap.session.Directory;
import cz.digidig.imap.session.Directory.LogIn;
import cz.digidig.imap.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** LOGIN and AUTHENTICATE (RFC 9051 §6.2.2, §6.2.3; PLAIN RFC 4616, OAUTHBEARER RFC 7628). Under TLS only. */
final class LogInHandler {
    private static final int MOST_RESPONSE = 12_288;
    private static final String BEARER = "auth=bearer ";
    /** RFC 7628 §3.2.2: what went wrong, in Base64; the client answers with a dummy before the command fails. */
    private static final String BEARER_FAILURE =
            Base64.getEncoder().encodeToString("{\"status\":\"invalid_token\"}".getBytes(StandardCharsets.US_ASCII));

    private final Directory directory;

    LogInHandler(Directory directory) {
        this.directory = directory;
    }

    Completion handle(Session session, LoginCommand command) {
        requireTls(session);
        return complete(
                session,
                directory.password(
                        command.username(), command.password(), session.link().address()));
    }

    Completion handle(Session session, AuthenticateCommand command) throws IOException {
        requireTls(session);
        return switch (command.mechanism()) {
            case "PLAIN" -> plain(session, response(session, command));
            case "OAUTHBEARER", "XOAUTH2" -> bearer(session, response(session, command));
            default -> Completion.no(ResponseCode.Plain.CANNOT, "Mechanisms here are PLAIN, OAUTHBEARER and XOAUTH2");
        };
    }

    private static void requireTls(Session session) {
        if (!session.link().mayLogIn()) {
            throw new cz.digidig.imap.protocol.ImapFailure.Refused(
                    ResponseCode.Plain.PRIVACYREQUIRED, "Log in under TLS only");
        }
    }

    private static String response(Session session, AuthenticateCommand command) throws IOException {
        String text = command.initial();
        if (text == null) {
            session.writer().write(new ImapResponse.Continuation(""));
            session.writer().flush();
            text = new String(session.reader().continuation(MOST_RESPONSE), StandardCharsets.ISO_8859_1);
        }
        if (text.equals("=")) {
            return "";
        }
        if (text.equals("*")) {
            throw new BadSyntax("Authentication was cancelled");
        }
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new BadSyntax("Malformed Base64");
        }
    }

    /** authorization identity, NUL, authentication identity, NUL, password (RFC 4616 §2). */
    private Completion plain(Session session, String response) {
        String[] fields = response.split("\0", -1);
        if (fields.length != 3 || fields[1].isEmpty()) {
            throw new BadSyntax("Malformed PLAIN response");
        }
        if (!fields[0].isEmpty() && !fields[0].equals(fields[1])) {
            return complete(session, new LogIn.Rejected());
        }
        return complete(
                session, directory.password(fields[1], fields[2], session.link().address()));
    }

    /** {@code n,a=user,^Ahost=...^Aauth=Bearer token^A^A}, or the older form, whose first field is {@code user=user}. */
    private Completion bearer(Session session, String response) throws IOException {
        String token = null;
        String[] fields = response.split("\1", -1);
        for (String field : fields) {
            if (field.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                token = field.substring(BEARER.length()).strip();
            }
        }
        if (token == null || token.isEmpty()) {
            throw new BadSyntax("No bearer token in the response");
        }
        LogIn logIn = ofSaid(directory.token(token), said(fields[0]));
        if (logIn instanceof LogIn.Rejected) {
            session.writer().write(new ImapResponse.Continuation(BEARER_FAILURE));
            session.writer().flush();
            session.reader().continuation(MOST_RESPONSE);
        }
        return complete(session, logIn);
    }

    /** Whom the client says the token is of; empty: it does not say. */
    private static String said(String first) {
        String name = first;
        if (first.startsWith("n,") && first.endsWith(",") && first.length() > 2) {
            name = first.substring(2, first.length() - 1).replace("=2C", ",").replace("=3D", "=");
        }
        return name.startsWith("a=") ? name.substring(2) : name.startsWith("user=") ? name.substring(5) : "";
    }

    /** A token lets in its own account alone, even where the client asks for another (RFC 7628 §3.2.2). */
    private static LogIn ofSaid(LogIn logIn, String said) {
        return logIn instanceof LogIn.Accepted accepted
                        && !said.isEmpty()
                        && !said.equalsIgnoreCase(accepted.account().email())
                ? new LogIn.Rejected()
                : logIn;
    }

    private static Completion complete(Session session, LogIn logIn) {
        return switch (logIn) {
            case LogIn.Accepted accepted -> {
                session.loggedIn(accepted.account());
                yield Completion.ok(new ResponseCode.Capability(Capabilities.of(session)), "Logged in");
            }
            case LogIn.Rejected _ -> {
                session.loginFailed();
                yield Completion.no(ResponseCode.Plain.AUTHENTICATIONFAILED, "Log-in failed");
            }
            case LogIn.Throttled _ -> {
                session.loginFailed();
                yield Completion.no(ResponseCode.Plain.LIMIT, "Too many attempts; wait and try again");
            }
            case LogIn.Unavailable _ ->
                Completion.no(ResponseCode.Plain.UNAVAILABLE, "Log-ins can't be checked now; try again");
        };
    }
}
