package cz.digidig.smtp.command;

import cz.digidig.smtp.protocol.EnhancedStatus;
import cz.digidig.smtp.protocol.SmtpReply;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Replies that several handlers give. */
final class Refusals {
    static final SmtpReply HELLO_FIRST = badSequence("Say EHLO first");
    static final SmtpReply MAIL_FIRST = badSequence("Say MAIL first");
    static final SmtpReply RCPT_FIRST = badSequence("There is no valid recipient");
    static final SmtpReply NO_ROOM =
            SmtpReply.of(452, EnhancedStatus.SYSTEM_FULL, "There is no room now; try again later");
    static final SmtpReply DIRECTORY_DOWN =
            SmtpReply.of(451, EnhancedStatus.DIRECTORY_DOWN, "Addresses can't be looked up now; try again later");

    private Refusals() {}

    static SmtpReply dailyLimit(Instant resets) {
        return SmtpReply.of(
                452,
                EnhancedStatus.DAILY_LIMIT,
                "The account, or its domain, has sent what it may send in a day; again from "
                        + resets.truncatedTo(ChronoUnit.SECONDS));
    }

    static SmtpReply badSequence(String why) {
        return SmtpReply.of(503, EnhancedStatus.BAD_SEQUENCE, why);
    }
}
