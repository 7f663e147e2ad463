-- Keys (address_key, name) are the normal forms by which addresses and domains are compared:
-- lower case, domains as A-labels. They are ordered by code point, whatever the database's locale.

create table domain (
    id         text primary key,
    name       text collate "C" not null unique,
    created_at timestamptz not null
);

create table account (
    id            text primary key,
    version       bigint not null,
    email         text not null,
    address_key   text collate "C" not null unique,
    domain_id     text not null references domain (id),
    display_name  text not null,
    roles         text[] not null,
    enabled       boolean not null,
    quota_bytes   bigint not null check (quota_bytes >= 0),
    password_hash text not null,
    created_at    timestamptz not null
);
create index account_domain on account (domain_id);

create table alias (
    id          text primary key,
    version     bigint not null,
    address     text not null,
    address_key text collate "C" not null unique,
    domain_id   text not null references domain (id),
    enabled     boolean not null,
    targets     text[] not null,
    target_keys text[] not null,
    created_at  timestamptz not null
);
create index alias_domain on alias (domain_id);
-- Which addresses may an account send as: aliases are looked up by where they lead.
create index alias_target_keys on alias using gin (target_keys);

-- One row for each local address, so that an account and an alias never share one.
create table address (
    address_key text collate "C" primary key,
    account_id  text unique references account (id) on delete cascade,
    alias_id    text unique references alias (id) on delete cascade,
    check (num_nonnulls(account_id, alias_id) = 1)
);

create table refresh_family (
    id         text primary key,
    account_id text not null references account (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index refresh_family_account on refresh_family (account_id, created_at);
create index refresh_family_expiry on refresh_family (expires_at);

-- Refresh tokens are kept as SHA-256 only. A used one stays until its family ends: seeing it again is a theft.
create table refresh_token (
    token_hash text primary key,
    family_id  text not null references refresh_family (id) on delete cascade,
    expires_at timestamptz not null,
    used       boolean not null default false
);
create index refresh_token_family on refresh_token (family_id);

-- What the first start has made, so that it is made once, even by two processes that start together.
create table seed (
    name       text primary key,
    planted_at timestamptz not null
);
