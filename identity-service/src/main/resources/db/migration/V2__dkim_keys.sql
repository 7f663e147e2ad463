-- DKIM keys of domains (RFC 6376). A selector is never used again, so rows stay when their time is over; the private key
-- (sealed by the key in the data folder) is then gone.
create table dkim_key (
    id           text primary key,
    domain_id    text not null references domain (id) on delete cascade,
    selector     text collate "C" not null,
    algorithm    text not null check (algorithm in ('rsa', 'ed25519')),
    public_key   text not null,
    private_key  bytea,
    created_at   timestamptz not null,
    activated_at timestamptz,
    retired_at   timestamptz,
    keep_until   timestamptz,
    unique (domain_id, selector),
    check ((retired_at is null) = (keep_until is null))
);
