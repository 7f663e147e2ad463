package cz.digidig.admin.mail;

import cz.digidig.admin.backend.Moments;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An open IMAP session, as imap-service tells of it.
 *
 * @param began when it connected; null: not known
 * @param tls the version of TLS; empty: clear text
 * @param account who logged in; empty: nobody yet
 * @param mailbox the selected one; empty: none
 * @param idle whether it waits for news
 * @param command the last one; empty: none was given yet
 * @param commandAt when that came; null: not known
 * @param received octets from the client
 * @param sent octets to the client
 */
record ImapSession(
        String id,
        String listener,
        String client,
        @Nullable Instant began,
        String tls,
        String account,
        String mailbox,
        boolean idle,
        String command,
        @Nullable Instant commandAt,
        long received,
        long sent) {
    static ImapSession of(JsonNode session) {
        return new ImapSession(
                session.path("id").asString(""),
                session.path("listener").asString(""),
                session.path("client").asString(""),
                Moments.of(session.path("began")),
                session.path("tls").asString(""),
                session.path("account").asString(""),
                session.path("mailbox").asString(""),
                session.path("idle").asBoolean(false),
                session.path("command").asString(""),
                Moments.of(session.path("commandAt")),
                session.path("received").asLong(0),
                session.path("sent").asLong(0));
    }
}
