package cz.digidig.identity.dkim;

import cz.digidig.common.mail.EmailAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys in the database. */
@Component
class DkimStore {
    private static final String COLUMNS =
            "id, selector, algorithm, public_key, created_at, activated_at, retired_at, keep_until";

    private final JdbcClient jdbc;

    DkimStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A domain and its name. */
    record Owner(String id, String name) {}

    /** An active key with its sealed private part. */
    record Sealed(String id, String selector, KeyAlgorithm algorithm, byte[] privateKey) {}

    /** The domain by its id or its name. */
    Optional<Owner> domain(String reference) {
        String name = EmailAddress.domain(reference).orElse(reference);
        return jdbc.sql("select id, name from domain where id = ? or name = ?")
                .params(reference, name)
                .query((row, _) -> new Owner(row.getString("id"), row.getString("name")))
                .optional();
    }

    /** The domains without any key. */
    List<Owner> withoutKeys() {
        return jdbc.sql("select id, name from domain d where not exists"
                        + " (select 1 from dkim_key k where k.domain_id = d.id) order by name")
                .query((row, _) -> new Owner(row.getString("id"), row.getString("name")))
                .list();
    }

    /** Lets nobody else change the domain's keys until the transaction ends. */
    void lock(Owner domain) {
        jdbc.sql("select id from domain where id = ? for update")
                .param(domain.id())
                .query(String.class)
                .list();
    }

    List<DkimKey> keys(Owner domain) {
        return jdbc.sql("select " + COLUMNS
                        + " from dkim_key where domain_id = ? order by created_at desc, selector desc")
                .param(domain.id())
                .query((row, _) -> key(row))
                .list();
    }

    private static DkimKey key(ResultSet row) throws SQLException {
        return new DkimKey(
                row.getString("id"),
                row.getString("selector"),
                KeyAlgorithm.of(row.getString("algorithm")),
                row.getString("public_key"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "activated_at"),
                instant(row, "retired_at"),
                instant(row, "keep_until"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    List<Sealed> active(String domainName) {
        return jdbc.sql(
                        "select k.id, k.selector, k.algorithm, k.private_key from dkim_key k"
                                + " join domain d on d.id = k.domain_id where d.name = ?"
                                + " and k.activated_at is not null and k.retired_at is null order by k.algorithm desc, k.selector")
                .param(domainName)
                .query((row, _) -> new Sealed(
                        row.getString("id"),
                        row.getString("selector"),
                        KeyAlgorithm.of(row.getString("algorithm")),
                        row.getBytes("private_key")))
                .list();
    }

    void insert(Owner domain, DkimKey key, byte[] sealed) {
        Instant activated = key.activatedAt();
        jdbc.sql("insert into dkim_key (id, domain_id, selector, algorithm, public_key, private_key, created_at,"
                        + " activated_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(key.id())
                .param(domain.id())
                .param(key.selector())
                .param(key.algorithm().label())
                .param(key.publicKey())
                .param(sealed)
                .param(Timestamp.from(key.createdAt()))
                .param(activated == null ? null : Timestamp.from(activated))
                .update();
    }

    void activate(DkimKey key, Instant now) {
        jdbc.sql("update dkim_key set activated_at = ?, retired_at = null, keep_until = null where id = ?")
                .params(Timestamp.from(now), key.id())
                .update();
    }

    void retire(DkimKey key, Instant now, Instant keepUntil) {
        jdbc.sql("update dkim_key set retired_at = ?, keep_until = ? where id = ?")
                .params(Timestamp.from(now), Timestamp.from(keepUntil), key.id())
                .update();
    }

    /** Forgets the private parts whose time is over: nobody will sign by them again. */
    void forgetExpired(Instant now) {
        jdbc.sql("update dkim_key set private_key = null where keep_until <= ? and private_key is not null")
                .param(Timestamp.from(now))
                .update();
    }
}
