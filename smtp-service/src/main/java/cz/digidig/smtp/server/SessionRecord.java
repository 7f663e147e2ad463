package cz.digidig.smtp.server;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session, for administrators.
 *
 * @param id as in the log
 * @param listener by its name
 * @param client the client's address
 * @param began when
 * @param ended when; null: it goes on
 * @param hello what the client said of itself; empty: nothing
 * @param tls the version of TLS; empty: clear text
 * @param account who logged in, by address; empty: nobody
 * @param commands how many were given
 * @param messages the queue ids of what was accepted, the first 20
 * @param accepted how many were accepted
 * @param refusals what was refused and why, the first 20
 * @param refused how many commands were refused
 * @param end how it ended; empty: it goes on
 */
public record SessionRecord(
        String id,
        String listener,
        String client,
        Instant began,
        @Nullable Instant ended,
        String hello,
        String tls,
        String account,
        int commands,
        List<String> messages,
        int accepted,
        List<Refusal> refusals,
        int refused,
        String end) {
    /**
     * A command that was refused.
     *
     * @param at when
     * @param command its verb, of MAIL and RCPT with the address; {@code ?}: it was none
     * @param reply the whole reply
     */
    public record Refusal(Instant at, String command, String reply) {}
}
