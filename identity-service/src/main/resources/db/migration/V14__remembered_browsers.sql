-- So that people see which browsers are remembered, and can have one forgotten.
alter table trusted_device add column id text not null default gen_random_uuid()::text unique;
alter table trusted_device alter column id drop default;
alter table trusted_device add column created_at timestamptz not null default now();
alter table trusted_device add column address text not null default '';
alter table trusted_device add column agent text not null default '';
