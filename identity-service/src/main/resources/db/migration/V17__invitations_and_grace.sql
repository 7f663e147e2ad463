-- A deleted account is out of service at once, and can be restored until it is removed.
alter table account add column deleted_at timestamptz;
alter table account add column enabled_before boolean not null default true;
create index account_deleted on account (deleted_at) where deleted_at is not null;

-- By its link a person sets a password without the one before. One for each account, kept as a hash.
create table invitation (
    account_id text primary key references account (id) on delete cascade,
    token_hash text not null unique,
    expires_at timestamptz not null
);

-- Who an account is to other OpenID providers.
create table external_identity (
    issuer     text not null,
    subject    text not null,
    account_id text not null references account (id) on delete cascade,
    linked_at  timestamptz not null,
    primary key (issuer, subject)
);
create index external_identity_account on external_identity (account_id);
