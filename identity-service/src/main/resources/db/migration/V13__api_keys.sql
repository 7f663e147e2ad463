-- Keys for programs, kept as hashes: random, so a plain hash is enough.
create table api_key (
    id           text primary key,
    account_id   text not null references account (id) on delete cascade,
    name         text not null,
    key_hash     text not null unique,
    scopes       text[] not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz
);
create index api_key_account on api_key (account_id);
