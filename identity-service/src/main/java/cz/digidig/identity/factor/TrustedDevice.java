package cz.digidig.identity.factor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A browser that is asked for no code for a while.
 *
 * @param id by which it is forgotten
 * @param address the IP address that it was remembered from; empty: not known
 * @param agent what it calls itself; empty: not known
 */
public record TrustedDevice(String id, Instant createdAt, Instant expiresAt, String address, String agent) {
    static TrustedDevice read(ResultSet row, int number) throws SQLException {
        return new TrustedDevice(
                row.getString("id"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getString("address"),
                row.getString("agent"));
    }
}
