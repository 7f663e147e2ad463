package cz.digidig.smtp.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads one command line, without its CRLF, into a {@link SmtpCommand} (RFC 5321 §4.1). */
public final class CommandReader {
    private static final int LONGEST_VERB = 8;

    private CommandReader() {}

    /**
     * Reads a command.
     *
     * @throws BadSyntax if it is none; the only exception, whatever the octets
     */
    public static SmtpCommand read(byte[] line) {
        for (byte b : line) {
            if ((b >= 0 && b < ' ') || b == 0x7f) {
                throw BadSyntax.command("A command line may hold no control character");
            }
        }
        int end = line.length;
        while (end > 0 && line[end - 1] == ' ') {
            end--;
        }
        int space = 0;
        while (space < end && line[space] != ' ') {
            space++;
        }
        if (space == 0 || space > LONGEST_VERB) {
            throw BadSyntax.command("Command not recognised");
        }
        String verb = new String(line, 0, space, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
        String rest = text(line, Math.min(space + 1, end), end);
        return switch (verb) {
            case "EHLO" -> HelloCommand.read(true, rest);
            case "HELO" -> HelloCommand.read(false, rest);
            case "MAIL" -> MailCommand.read(rest);
            case "RCPT" -> RcptCommand.read(rest);
            case "BDAT" -> BdatCommand.read(rest);
            case "AUTH" -> AuthCommand.read(rest);
            case "DATA" -> bare(rest, new SmtpCommand.Data());
            case "RSET" -> bare(rest, new SmtpCommand.Reset());
            case "QUIT" -> bare(rest, new SmtpCommand.Quit());
            case "STARTTLS" -> bare(rest, new SmtpCommand.StartTls());
            case "NOOP" -> new SmtpCommand.Noop();
            case "HELP" -> new SmtpCommand.Help();
            case "VRFY" -> new SmtpCommand.Verify(argument(rest));
            case "EXPN" -> new SmtpCommand.Expand(argument(rest));
            default -> throw BadSyntax.command("Command not recognised");
        };
    }

    private static SmtpCommand bare(String rest, SmtpCommand command) {
        if (!rest.isBlank()) {
            throw BadSyntax.argument("This command takes no argument");
        }
        return command;
    }

    private static String argument(String rest) {
        if (rest.isBlank()) {
            throw BadSyntax.argument("An argument is missing");
        }
        return rest.strip();
    }

    private static String text(byte[] line, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw BadSyntax.argument("An argument is neither ASCII nor UTF-8");
        }
    }
}
