-- Passkeys (WebAuthn). The id is the credential's, in base64url; what authenticators know an account by is its id.
create table passkey (
    id              text primary key,
    account_id      text not null references account (id) on delete cascade,
    name            text not null,
    public_key      bytea not null,
    signature_count bigint not null,
    user_verified   boolean not null,
    synced          boolean not null,
    backed_up       boolean not null,
    transports      text[] not null,
    attestation     bytea not null,
    client_data     bytea not null,
    created_at      timestamptz not null,
    last_used_at    timestamptz not null
);
create index passkey_account on passkey (account_id);
