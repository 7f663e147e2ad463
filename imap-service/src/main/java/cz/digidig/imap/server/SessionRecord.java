package cz.digidig.imap.server;

import java.time.Instant;

/**
 * One open session, for administrators.
 *
 * @param id as in the log
 * @param listener by its name
 * @param client the client's address
 * @param began when it connected
 * @param tls the version of TLS; empty: clear text
 * @param account who logged in, by address; empty: nobody yet
 * @param mailbox the selected mailbox, as the client named it; empty: none is selected
 * @param idle whether it waits for news by IDLE
 * @param command the last command, by its name; empty: none was given yet
 * @param commandAt when that came; when it connected, where none was given
 * @param commands how many commands were given
 * @param received octets from the client, without those of TLS
 * @param sent octets to the client, without those of TLS
 */
public record SessionRecord(
        String id,
        String listener,
        String client,
        Instant began,
        String tls,
        String account,
        String mailbox,
        boolean idle,
        String command,
        Instant commandAt,
        int commands,
        long received,
        long sent) {}
