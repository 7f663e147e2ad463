-- What a domain administrator administers; while there is none, the domain of the own address.
create table domain_admin (
    account_id text not null references account (id) on delete cascade,
    domain_id  text not null references domain (id) on delete cascade,
    primary key (account_id, domain_id)
);

-- How a person wants the pages; empty: as the browser says.
alter table account add column language text not null default '';
alter table account add column time_zone text not null default '';
alter table account add column theme text not null default 'system';
