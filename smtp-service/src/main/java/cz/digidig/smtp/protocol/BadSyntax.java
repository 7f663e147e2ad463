package cz.digidig.smtp.protocol;

/** What the client sent cannot be understood; the session answers {@link #reply()} and goes on. */
public final class BadSyntax extends RuntimeException {
    private final transient SmtpReply reply;

    public BadSyntax(SmtpReply reply) {
        super(reply.lines().getFirst(), null, false, false);
        this.reply = reply;
    }

    /** A command that is not known, or octets that no command may have: 500. */
    static BadSyntax command(String why) {
        return new BadSyntax(SmtpReply.of(500, EnhancedStatus.BAD_COMMAND_SYNTAX, why));
    }

    /** An argument that is malformed or missing: 501. */
    static BadSyntax argument(String why) {
        return new BadSyntax(SmtpReply.of(501, EnhancedStatus.BAD_ARGUMENTS, why));
    }

    /** An address that is malformed: 501. */
    static BadSyntax address(EnhancedStatus status, String why) {
        return new BadSyntax(SmtpReply.of(501, status, why));
    }

    /** A parameter that is not known here (RFC 5321 §4.1.1.11): 555. */
    static BadSyntax parameter(String keyword) {
        return new BadSyntax(SmtpReply.of(555, EnhancedStatus.BAD_ARGUMENTS, "Parameter not supported: " + keyword));
    }

    public SmtpReply reply() {
        return reply;
    }
}
