package cz.digidig.identity.auditlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * An entry as it is shown.
 *
 * @param actor the account's id, a service's name, or {@code system}
 * @param actorEmail the account's address at that time
 * @param action what was done
 * @param subject to whom or what
 * @param domain the domain that it concerns; empty: none
 * @param address the IP address it came from
 * @param details what else there is to know
 */
record AuditEvent(
        String id,
        Instant at,
        String actor,
        String actorEmail,
        String action,
        String subject,
        String domain,
        String address,
        String details) {
    static AuditEvent read(ResultSet row, int number) throws SQLException {
        return new AuditEvent(
                row.getString("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("actor"),
                row.getString("actor_email"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("domain"),
                row.getString("address"),
                row.getString("details"));
    }
}
