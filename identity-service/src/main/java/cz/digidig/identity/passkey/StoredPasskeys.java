package cz.digidig.identity.passkey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Component;

/** Passkeys in PostgreSQL. They go when their account goes. */
@Component
class StoredPasskeys implements UserCredentialRepository {
    private final JdbcClient jdbc;

    StoredPasskeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void save(CredentialRecord passkey) {
        jdbc.sql("""
                        insert into passkey (id, account_id, name, public_key, signature_count, user_verified, synced, backed_up,
                            transports, attestation, client_data, created_at, last_used_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (id) do update set signature_count = excluded.signature_count,
                            user_verified = excluded.user_verified, backed_up = excluded.backed_up,
                            last_used_at = excluded.last_used_at
                        where passkey.account_id = excluded.account_id
                        """)
                .params(
                        passkey.getCredentialId().toBase64UrlString(),
                        Handles.account(passkey.getUserEntityUserId()),
                        passkey.getLabel(),
                        passkey.getPublicKey().getBytes(),
                        passkey.getSignatureCount(),
                        passkey.isUvInitialized(),
                        passkey.isBackupEligible(),
                        passkey.isBackupState(),
                        passkey.getTransports().stream()
                                .map(AuthenticatorTransport::getValue)
                                .toArray(String[]::new),
                        octets(passkey.getAttestationObject()),
                        octets(passkey.getAttestationClientDataJSON()),
                        Timestamp.from(passkey.getCreated()),
                        Timestamp.from(passkey.getLastUsed()))
                .update();
    }

    private static byte[] octets(@Nullable Bytes bytes) {
        return bytes == null ? new byte[0] : bytes.getBytes();
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes id) {
        return jdbc.sql("select * from passkey where id = ?")
                .param(id.toBase64UrlString())
                .query(StoredPasskeys::read)
                .optional()
                .orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes handle) {
        return jdbc.sql("select * from passkey where account_id = ? order by created_at, id")
                .param(Handles.account(handle))
                .query(StoredPasskeys::read)
                .list();
    }

    @Override
    public void delete(Bytes id) {
        jdbc.sql("delete from passkey where id = ?")
                .param(id.toBase64UrlString())
                .update();
    }

    private static CredentialRecord read(ResultSet row, int number) throws SQLException {
        String[] transports = (String[]) row.getArray("transports").getArray();
        return ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(Bytes.fromBase64(row.getString("id")))
                .userEntityUserId(Handles.of(row.getString("account_id")))
                .label(row.getString("name"))
                .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
                .signatureCount(row.getLong("signature_count"))
                .uvInitialized(row.getBoolean("user_verified"))
                .backupEligible(row.getBoolean("synced"))
                .backupState(row.getBoolean("backed_up"))
                .transports(Arrays.stream(transports)
                        .map(AuthenticatorTransport::valueOf)
                        .collect(Collectors.toUnmodifiableSet()))
                .attestationObject(new Bytes(row.getBytes("attestation")))
                .attestationClientDataJSON(new Bytes(row.getBytes("client_data")))
                .created(row.getTimestamp("created_at").toInstant())
                .lastUsed(row.getTimestamp("last_used_at").toInstant())
                .build();
    }
}
