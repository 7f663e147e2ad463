-- A password that somebody else chose is changed at the next sign-in with a browser.
alter table account add column must_change_password boolean not null default false;

-- A time-based one-time password (RFC 6238). A step is good for one use, so the last one is kept.
create table totp (
    account_id   text primary key references account (id) on delete cascade,
    secret       text not null,
    confirmed_at timestamptz,
    last_step    bigint not null default 0
);

create table recovery_code (
    account_id text not null references account (id) on delete cascade,
    code_hash  text not null,
    primary key (account_id, code_hash)
);

-- Browsers that need no second factor for a while, each by the hash of its cookie.
create table trusted_device (
    token_hash text primary key,
    account_id text not null references account (id) on delete cascade,
    expires_at timestamptz not null
);
create index trusted_device_account on trusted_device (account_id);

-- Random, so a plain hash is enough.
create table app_password (
    id             text primary key,
    account_id     text not null references account (id) on delete cascade,
    name           text not null,
    secret_hash    text not null unique,
    created_at     timestamptz not null,
    last_used_at   timestamptz,
    last_used_by   text,
    last_used_from text
);
create index app_password_account on app_password (account_id);

-- Who did what to whom, from where, when. Names are kept as they were: what they named may be gone.
create table audit_event (
    id          text collate "C" primary key,
    at          timestamptz not null,
    actor       text not null,
    actor_email text not null,
    action      text not null,
    subject     text not null,
    domain      text not null,
    address     text not null,
    details     text not null
);
create index audit_event_domain on audit_event (domain, id);
create index audit_event_subject on audit_event (subject, id);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is appended to, never changed';
end $$;
create trigger audit_event_append_only before update or delete or truncate on audit_event
    for each statement execute function refuse_audit_change();
