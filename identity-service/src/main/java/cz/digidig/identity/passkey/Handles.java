package cz.digidig.identity.passkey;

import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.stereotype.Component;

/** What authenticators know an account by: its id, which says nothing about a person and never changes. */
@Component
class Handles implements PublicKeyCredentialUserEntityRepository {
    private final AccountDirectory accounts;

    Handles(AccountDirectory accounts) {
        this.accounts = accounts;
    }

    static Bytes of(String account) {
        return new Bytes(account.getBytes(StandardCharsets.US_ASCII));
    }

    static String account(Bytes handle) {
        return new String(handle.getBytes(), StandardCharsets.US_ASCII);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
        return findByUsername(account(handle));
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String account) {
        return accounts.account(account).map(Handles::entity).orElse(null);
    }

    private static PublicKeyCredentialUserEntity entity(AccountFacts account) {
        return ImmutablePublicKeyCredentialUserEntity.builder()
                .id(of(account.id()))
                .name(account.email())
                .displayName(account.displayName().isEmpty() ? account.email() : account.displayName())
                .build();
    }

    /** Accounts are made elsewhere. */
    @Override
    public void save(PublicKeyCredentialUserEntity entity) {
        throw new UnsupportedOperationException("accounts are not made by passkeys");
    }

    @Override
    public void delete(Bytes handle) {
        throw new UnsupportedOperationException("accounts are not deleted by passkeys");
    }
}
