package cz.digidig.identity.apppassword;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An app password as it is shown, without the password.
 *
 * @param name what its owner calls it
 * @param lastUsedAt the last log-in by it, to the minute; null: none
 * @param lastUsedBy {@code imap} or {@code smtp}
 * @param lastUsedFrom the client's IP address
 */
record AppPassword(
        String id,
        String name,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedBy,
        @Nullable String lastUsedFrom) {
    static AppPassword read(ResultSet row, int number) throws SQLException {
        Timestamp used = row.getTimestamp("last_used_at");
        return new AppPassword(
                row.getString("id"),
                row.getString("name"),
                row.getTimestamp("created_at").toInstant(),
                used == null ? null : used.toInstant(),
                row.getString("last_used_by"),
                row.getString("last_used_from"));
    }
}
