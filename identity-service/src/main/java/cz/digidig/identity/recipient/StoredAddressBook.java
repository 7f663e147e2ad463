package cz.digidig.identity.recipient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the database, one statement for a whole step of a resolution. */
@Component
class StoredAddressBook implements AddressBook {
    private static final String OWNERS = """
            select d.address_key, a.id, a.email, coalesce(a.enabled, l.enabled) as enabled,
              l.targets, l.target_keys, l.posting
            from address d
              left join account a on a.id = d.account_id
              left join alias l on l.id = d.alias_id
            where d.address_key = any (?::text[])
            """;

    private final JdbcClient jdbc;

    StoredAddressBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, Owner> owners(Collection<String> keys) {
        Map<String, Owner> owners = new HashMap<>();
        jdbc.sql(OWNERS).param(keys.toArray(String[]::new)).query((ResultSet row) -> {
            owners.put(row.getString("address_key"), owner(row));
        });
        return owners;
    }

    private static Owner owner(ResultSet row) throws SQLException {
        boolean enabled = row.getBoolean("enabled");
        String account = row.getString("id");
        if (account != null) {
            return new AccountOwner(account, row.getString("email"), enabled);
        }
        return new AliasOwner(strings(row, "targets"), posters(row), enabled);
    }

    private static List<String> posters(ResultSet row) throws SQLException {
        String key = row.getString("address_key");
        return switch (row.getString("posting")) {
            case "members" -> strings(row, "target_keys");
            case "domain" -> List.of(key.substring(key.lastIndexOf('@')));
            default -> List.of();
        };
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    @Override
    public Set<String> served(Collection<String> domains) {
        return jdbc
                .sql("select name from domain where name = any (?::text[])")
                .param(domains.toArray(String[]::new))
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The enabled aliases, catch-alls and groups left out, that lead straight to one of these addresses. */
    Set<String> leadingTo(Collection<String> keys) {
        return jdbc.sql("""
                        select address_key from alias
                        where enabled and group_name is null and target_keys && ?::text[] and address_key not like '@%'
                        """).param(keys.toArray(String[]::new)).query(String.class).list().stream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
