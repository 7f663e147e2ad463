-- Accounts that are gone and whose mail storage-service has not yet said it removed.
create table mailbox_removal (
    account_id   text primary key,
    removed_at   timestamptz not null,
    attempts     int not null default 0,
    next_attempt timestamptz not null
);
create index mailbox_removal_next on mailbox_removal (next_attempt);
