-- What an administrator lets a domain have; 0: no limit.
alter table domain add column max_accounts int not null default 0 check (max_accounts >= 0);
alter table domain add column default_quota bigint not null default 0 check (default_quota >= 0);
alter table domain add column max_quota bigint not null default 0 check (max_quota >= 0);
alter table domain add column total_quota bigint not null default 0 check (total_quota >= 0);
alter table domain add column daily_messages int not null default 0 check (daily_messages >= 0);
