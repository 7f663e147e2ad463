package cz.digidig.identity.apikey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is shown, without the key.
 *
 * @param name what its owner calls it
 * @param scopes what a token for it may do
 * @param expiresAt when it ends
 * @param lastUsedAt the last exchange; null: none
 */
record ApiKey(
        String id,
        String name,
        List<String> scopes,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {
    static ApiKey read(ResultSet row, int number) throws SQLException {
        Timestamp used = row.getTimestamp("last_used_at");
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                List.of((String[]) row.getArray("scopes").getArray()),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                used == null ? null : used.toInstant());
    }
}
