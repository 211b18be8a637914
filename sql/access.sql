-- Accounts, what proves them, their sign-ins.

-- the first keeper: where attempts on an unknown e-mail are journaled
-- keeper_first() -> territory int
select territory_id from keepers order by territory_id limit 1;

-- holder_of_email(email text) -> territory int, id int, email text, name text, role text, organisation int, person int,
--     language text, state text, expires_on date, hash text, factor int
select a.territory_id, a.id, a.email, a.name, a.role, a.organisation_id, a.person_id, a.language, a.state, a.expires_on, p.hash,
       f.confirmed_ms
  from accounts a
  left join passwords p on p.territory_id = a.territory_id and p.account_id = a.id
  left join second_factors f on f.territory_id = a.territory_id and f.account_id = a.id
 where a.email = :email;

-- email_of_account(territory int, id int) -> email text
select email from accounts where territory_id = :territory and id = :id;

-- accounts_of(territory int, organisation int) -> id int, email text, name text, role text, organisation int,
--     organisation_name text, person int, state text, expires_on date, has_password int, has_factor int, invited_ms int,
--     seen_ms int
select a.id, a.email, a.name, a.role, a.organisation_id, o.name, a.person_id, a.state, a.expires_on,
       case when p.account_id is null then 0 else 1 end,
       case when f.confirmed_ms is null then 0 else 1 end,
       (select max(i.expires_ms) from invitations i
         where i.territory_id = a.territory_id and i.account_id = a.id and i.used_ms is null),
       (select max(l.seen_ms) from logins l where l.territory_id = a.territory_id and l.account_id = a.id)
  from accounts a
  left join organisations o on o.territory_id = a.territory_id and o.id = a.organisation_id
  left join passwords p on p.territory_id = a.territory_id and p.account_id = a.id
  left join second_factors f on f.territory_id = a.territory_id and f.account_id = a.id
 where a.territory_id = :territory and (cast(:organisation as bigint) is null or a.organisation_id = :organisation)
 order by a.state, a.role, a.name, a.id;

-- email_taken(email text) -> territory int, id int
select territory_id, id from accounts where email = :email;

-- administrators_left(territory int, but int) -> count int
select count(*) from accounts
 where territory_id = :territory and id <> :but and role = 'administrator' and state = 'active';

-- ---- passwords ----

-- password_set(territory int, account int, hash text, at_ms int)
insert into passwords (territory_id, account_id, hash, set_ms) values (:territory, :account, :hash, :at_ms)
on conflict (territory_id, account_id) do update set hash = excluded.hash, set_ms = excluded.set_ms;

-- password_drop(territory int, account int)
delete from passwords where territory_id = :territory and account_id = :account;

-- ---- second factor ----

-- factor_find(territory int, account int) -> secret blob, made_ms int, confirmed_ms int, last_step int
select secret, made_ms, confirmed_ms, last_step from second_factors where territory_id = :territory and account_id = :account;

-- factor_set(territory int, account int, secret blob, at_ms int)
insert into second_factors (territory_id, account_id, secret, made_ms, confirmed_ms, last_step)
values (:territory, :account, :secret, :at_ms, null, 0)
on conflict (territory_id, account_id) do update
   set secret = excluded.secret, made_ms = excluded.made_ms, confirmed_ms = null, last_step = 0;

-- factor_used(territory int, account int, step int, confirmed_ms int)
update second_factors set last_step = :step, confirmed_ms = :confirmed_ms
 where territory_id = :territory and account_id = :account;

-- factor_drop(territory int, account int)
delete from second_factors where territory_id = :territory and account_id = :account;

-- recovery_code_find(territory int, account int, locator text) -> hash text, used_ms int
select hash, used_ms from recovery_codes where territory_id = :territory and account_id = :account and locator = :locator;

-- recovery_codes_left(territory int, account int) -> count int
select count(*) from recovery_codes where territory_id = :territory and account_id = :account and used_ms is null;

-- recovery_code_add(territory int, account int, locator text, hash text)
insert into recovery_codes (territory_id, account_id, locator, hash) values (:territory, :account, :locator, :hash);

-- recovery_code_used(territory int, account int, locator text, at_ms int)
update recovery_codes set used_ms = :at_ms where territory_id = :territory and account_id = :account and locator = :locator;

-- recovery_codes_drop(territory int, account int)
delete from recovery_codes where territory_id = :territory and account_id = :account;

-- ---- sign-ins ----

-- login_of_token(hash blob) -> territory int, id int, account int, step int, made_ms int, seen_ms int, ended_ms int,
--     name text, role text, organisation int, organisation_name text, city text, person int, language text, state text,
--     expires_on date
select l.territory_id, l.id, l.account_id, l.step, l.made_ms, l.seen_ms, l.ended_ms, a.name, a.role, a.organisation_id, o.name,
       (select t.name from territories t where t.territory_id = l.territory_id order by t.id limit 1), a.person_id, a.language,
       a.state, a.expires_on
  from logins l
  join accounts a on a.territory_id = l.territory_id and a.id = l.account_id
  left join organisations o on o.territory_id = a.territory_id and o.id = a.organisation_id
 where l.token_hash = :hash;

-- login_last(territory int) -> id int
select id from logins where territory_id = :territory order by id desc limit 1;

-- login_add(territory int, id int, account int, hash blob, step int, at_ms int, agent text)
insert into logins (territory_id, id, account_id, token_hash, step, made_ms, seen_ms, agent)
values (:territory, :id, :account, :hash, :step, :at_ms, :at_ms, :agent);

-- login_complete(territory int, id int, hash blob, at_ms int)
update logins set token_hash = :hash, step = 2, made_ms = :at_ms, seen_ms = :at_ms where territory_id = :territory and id = :id;

-- login_seen_at(territory int, id int, at_ms int)
update logins set seen_ms = :at_ms where territory_id = :territory and id = :id and seen_ms < :at_ms;

-- login_expired(territory int, id int, at_ms int)
update logins set ended_ms = :at_ms where territory_id = :territory and id = :id and ended_ms is null;

-- logins_of(territory int, account int) -> id int, made_ms int, seen_ms int, agent text
select id, made_ms, seen_ms, agent from logins
 where territory_id = :territory and account_id = :account and step = 2 and ended_ms is null
 order by seen_ms desc, id desc;

-- login_drop(territory int, account int, id int)
delete from logins where territory_id = :territory and account_id = :account and id = :id;

-- logins_drop_others(territory int, account int, kept int)
delete from logins where territory_id = :territory and account_id = :account and id <> :kept;

-- logins_purge(made_before int)
delete from logins where made_ms < :made_before;

-- ---- invitations ----

-- invitation_last(territory int) -> id int
select id from invitations where territory_id = :territory order by id desc limit 1;

-- invitation_add(territory int, id int, account int, kind text, locator text, hash text, made_ms int, expires_ms int)
insert into invitations (territory_id, id, account_id, kind, locator, hash, made_ms, expires_ms)
values (:territory, :id, :account, :kind, :locator, :hash, :made_ms, :expires_ms);

-- invitation_of(locator text) -> territory int, id int, account int, kind text, hash text, expires_ms int, used_ms int
select territory_id, id, account_id, kind, hash, expires_ms, used_ms from invitations where locator = :locator;

-- invitation_used(territory int, id int, at_ms int)
update invitations set used_ms = :at_ms where territory_id = :territory and id = :id;

-- invitations_drop(territory int, account int)
delete from invitations where territory_id = :territory and account_id = :account and used_ms is null;

-- ---- attempts ----

-- attempt_find(subject blob) -> count int, last_ms int
select count, last_ms from attempts where subject = :subject;

-- attempt_set(subject blob, count int, last_ms int)
insert into attempts (subject, count, last_ms) values (:subject, :count, :last_ms)
on conflict (subject) do update set count = excluded.count, last_ms = excluded.last_ms;

-- attempt_drop(subject blob)
delete from attempts where subject = :subject;

-- attempts_purge(before int, known_before int)
delete from attempts where (count > 0 and last_ms < :before) or (count = 0 and last_ms < :known_before);

-- ---- drafts ----

-- draft_add(territory int, account int, hash blob, content blob, expires_ms int)
insert into drafts (territory_id, account_id, token_hash, content, expires_ms)
values (:territory, :account, :hash, :content, :expires_ms);

-- draft_find(territory int, account int, hash blob) -> content blob, expires_ms int
select content, expires_ms from drafts where territory_id = :territory and account_id = :account and token_hash = :hash;

-- draft_drop(territory int, account int, hash blob)
delete from drafts where territory_id = :territory and account_id = :account and token_hash = :hash;

-- drafts_of(territory int, account int) -> hash blob
select token_hash from drafts where territory_id = :territory and account_id = :account order by expires_ms desc;

-- drafts_purge(before int)
delete from drafts where expires_ms < :before;

-- holder_words(territory int, account int) -> city text, organisation_name text
select (select t.name from territories t where t.territory_id = a.territory_id order by t.id limit 1), o.name
  from accounts a left join organisations o on o.territory_id = a.territory_id and o.id = a.organisation_id
 where a.territory_id = :territory and a.id = :account;

-- ---- jalon check ----

-- secrets of accounts that are not there
-- secrets_without_account() -> name text, territory int, account int
select x.name, x.territory_id, x.account_id
  from (select 'passwords' as name, territory_id, account_id from passwords
        union all select 'second_factors', territory_id, account_id from second_factors
        union all select 'recovery_codes', territory_id, account_id from recovery_codes
        union all select 'logins', territory_id, account_id from logins
        union all select 'invitations', territory_id, account_id from invitations
        union all select 'drafts', territory_id, account_id from drafts) x
 where not exists (select 1 from accounts a where a.territory_id = x.territory_id and a.id = x.account_id)
 order by 1, 2, 3;

-- secrets_all() -> territory int, account int, role text, state text, hash text, secret blob, logins int
select a.territory_id, a.id, a.role, a.state, p.hash, f.secret,
       (select count(*) from logins l where l.territory_id = a.territory_id and l.account_id = a.id)
  from accounts a
  left join passwords p on p.territory_id = a.territory_id and p.account_id = a.id
  left join second_factors f on f.territory_id = a.territory_id and f.account_id = a.id
 order by a.territory_id, a.id;
