-- Browser sessions, as Spring Session reads and writes them; several processes of this service share them.
create table spring_session (
    primary_id            char(36) primary key,
    session_id            char(36) not null unique,
    creation_time         bigint not null,
    last_access_time      bigint not null,
    max_inactive_interval int not null,
    expiry_time           bigint not null,
    principal_name        varchar(100)
);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36) not null references spring_session (primary_id) on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea not null,
    primary key (session_primary_id, attribute_name)
);

-- What clients were allowed, as Spring Authorization Server reads and writes it. Codes and tokens are hashes.
create table oauth2_authorization (
    id                            text primary key,
    registered_client_id          text not null,
    principal_name                text not null references account (id) on delete cascade,
    authorization_grant_type      text not null,
    authorized_scopes             text,
    attributes                    text,
    state                         text unique,
    authorization_code_value      text unique,
    authorization_code_issued_at  timestamptz,
    authorization_code_expires_at timestamptz,
    authorization_code_metadata   text,
    access_token_value            text,
    access_token_issued_at        timestamptz,
    access_token_expires_at       timestamptz,
    access_token_metadata         text,
    access_token_type             text,
    access_token_scopes           text,
    oidc_id_token_value           text,
    oidc_id_token_issued_at       timestamptz,
    oidc_id_token_expires_at      timestamptz,
    oidc_id_token_metadata        text,
    refresh_token_value           text unique,
    refresh_token_issued_at       timestamptz,
    refresh_token_expires_at      timestamptz,
    refresh_token_metadata        text,
    user_code_value               text,
    user_code_issued_at           timestamptz,
    user_code_expires_at          timestamptz,
    user_code_metadata            text,
    device_code_value             text,
    device_code_issued_at         timestamptz,
    device_code_expires_at        timestamptz,
    device_code_metadata          text,
    -- The sign-in that ends together with it; null: it stays until it is revoked.
    sign_in                       text,
    created_at                    timestamptz not null default now()
);
create index oauth2_authorization_principal on oauth2_authorization (principal_name);
create index oauth2_authorization_access_token on oauth2_authorization (access_token_value);
create index oauth2_authorization_id_token on oauth2_authorization (oidc_id_token_value);
create index oauth2_authorization_sign_in on oauth2_authorization (sign_in);

-- A refresh token that comes again was stolen, or its successor was.
create table oauth2_used_refresh_token (
    token_hash       text primary key,
    authorization_id text not null references oauth2_authorization (id) on delete cascade
);
create index oauth2_used_refresh_token_authorization on oauth2_used_refresh_token (authorization_id);
