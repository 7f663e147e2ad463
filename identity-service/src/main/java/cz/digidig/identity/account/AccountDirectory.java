package cz.digidig.identity.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads accounts for log-ins and the other services: one statement each, without a transaction around it. */
@Component
public class AccountDirectory {
    private static final String COLUMNS =
            "select id, email, address_key, display_name, roles, enabled, must_change_password, quota_bytes, password_hash from account where ";

    private final JdbcClient jdbc;

    AccountDirectory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The account of an address key, with its hash. */
    public Optional<AccountCredential> credential(String addressKey) {
        return jdbc.sql(COLUMNS + "address_key = ?")
                .param(addressKey)
                .query(AccountDirectory::read)
                .optional();
    }

    /** The account of an id. */
    public Optional<AccountFacts> account(String id) {
        return jdbc.sql(COLUMNS + "id = ?")
                .param(id)
                .query(AccountDirectory::read)
                .optional()
                .map(AccountCredential::facts);
    }

    private static AccountCredential read(ResultSet row, int number) throws SQLException {
        String[] labels = (String[]) row.getArray("roles").getArray();
        List<Role> roles = Arrays.stream(labels).map(Role::of).toList();
        AccountFacts facts = new AccountFacts(
                row.getString("id"),
                row.getString("email"),
                row.getString("address_key"),
                row.getString("display_name"),
                roles,
                row.getBoolean("enabled"),
                row.getBoolean("must_change_password"),
                row.getLong("quota_bytes"));
        return new AccountCredential(facts, row.getString("password_hash"));
    }
}
