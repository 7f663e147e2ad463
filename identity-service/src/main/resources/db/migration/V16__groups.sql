-- A group is an alias with a name (maybe an empty one), and with rules about whose mail it takes.
alter table alias add column group_name text;
alter table alias add column posting text not null default 'anyone' check (posting in ('anyone', 'domain', 'members'));
