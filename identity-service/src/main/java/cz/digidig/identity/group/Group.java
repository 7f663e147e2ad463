package cz.digidig.identity.group;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * A group as it is shown.
 *
 * @param address where mail to it goes
 * @param name what people call it
 * @param members the addresses that get its mail, here or elsewhere, other groups too
 * @param posting whose mail it takes
 * @param enabled false: it takes none
 */
record Group(
        String id,
        @Schema(example = "team@example.org") String address,
        String name,
        List<String> members,
        Posting posting,
        boolean enabled,
        Instant createdAt) {
    static Group read(ResultSet row, int number) throws SQLException {
        return new Group(
                row.getString("id"),
                row.getString("address"),
                row.getString("group_name"),
                List.of((String[]) row.getArray("targets").getArray()),
                Posting.of(row.getString("posting")),
                row.getBoolean("enabled"),
                row.getTimestamp("created_at").toInstant());
    }
}
