package cz.digidig.imap.session;

import java.time.Duration;

/**
 * What a session may use.
 *
 * @param autologout a session without a command ends after this (RFC 9051 §5.4)
 * @param loginTime from connecting to being logged in
 * @param commandTime for a further line, or the next part of a literal, of a command that has begun
 * @param idleTime an IDLE ends after this
 * @param keepAlive IDLE says something at least this often
 * @param badCommands malformed commands in a row
 * @param loginFailures refused log-ins of one connection
 * @param largestMessage octets that APPEND takes (RFC 7889)
 * @param messageInMemory APPENDed messages up to this size are not put into a file on their way
 */
public record SessionLimits(
        Duration autologout,
        Duration loginTime,
        Duration commandTime,
        Duration idleTime,
        Duration keepAlive,
        int badCommands,
        int loginFailures,
        long largestMessage,
        int messageInMemory) {
    public static final SessionLimits DEFAULT = new SessionLimits(
            Duration.ofMinutes(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(30),
            Duration.ofMinutes(2),
            10,
            4,
            64L * 1024 * 1024,
            1024 * 1024);
}
