-- Sessions in order of time, whatever the action. organisation 0: the whole city, else one's own actions; action, account 0: any.

-- agenda_between(territory int, organisation int, from_day date, until date, action int, account int) -> id int, action_id int, action_ref text, title text, operator_name text, held_on date, starts_at text, minutes int, kind text, state text, group_name text, room text, trainer text, trainer_account_id int, series text, cancel_reason text, version int
select s.id, s.action_id, x.ref as action_ref, x.title, o.name as operator_name, s.held_on, s.starts_at, s.minutes, s.kind, s.state, s.group_name,
       s.room, s.trainer, s.trainer_account_id, s.series, s.cancel_reason, s.version
  from sessions s
  join actions x on x.territory_id = s.territory_id and x.id = s.action_id
  left join organisations o on o.territory_id = x.territory_id and o.id = x.operator_id
 where s.territory_id = :territory and s.held_on >= :from_day and s.held_on <= :until
   and (cast(:action as bigint) = 0 or s.action_id = :action)
   and (cast(:account as bigint) = 0 or s.trainer_account_id = :account)
   and (cast(:organisation as bigint) = 0 or s.action_id in (select w.action_id from actions_of w
                                            where w.territory_id = :territory and w.organisation_id = :organisation))
 order by s.held_on, coalesce(s.starts_at, ''), s.id;

-- the ref of the action of a session, when the organisation carries it out
-- agenda_action(territory int, organisation int, session int) -> ref text
select x.ref
  from sessions s join actions x on x.territory_id = s.territory_id and x.id = s.action_id
 where s.territory_id = :territory and s.id = :session
   and (cast(:organisation as bigint) = 0 or s.action_id in (select w.action_id from actions_of w
                                            where w.territory_id = :territory and w.organisation_id = :organisation));

-- those of a series that are still to come
-- agenda_series(territory int, action int, series text, from_day date) -> id int
select id from sessions
 where territory_id = :territory and action_id = :action and series = :series and held_on >= :from_day and state = 'planned'
 order by held_on, id;

-- the nearest session on either side of a day
-- agenda_before(territory int, on_day date) -> near date
select max(held_on) as near from sessions where territory_id = :territory and held_on < :on_day;

-- agenda_after(territory int, on_day date) -> near date
select min(held_on) as near from sessions where territory_id = :territory and held_on > :on_day;

-- groups that an action has had
-- agenda_groups(territory int, action int) -> name text
select group_name as name from sessions where territory_id = :territory and action_id = :action and group_name is not null
 union
select group_name as name from enrolments where territory_id = :territory and action_id = :action and group_name is not null
 order by name;

-- agenda_department(territory int) -> code text
select department_code as code from territories where territory_id = :territory and department_code is not null order by id limit 1;

-- who gives sessions there
-- agenda_trainers(territory int, organisation int) -> id int, name text
select a.id, a.name
  from accounts a
 where a.territory_id = :territory and (cast(:organisation as bigint) = 0 or a.organisation_id = :organisation)
   and exists (select 1 from sessions s where s.territory_id = a.territory_id and s.trainer_account_id = a.id)
 order by a.name, a.id;

-- ---- calendars that other programs read ----

-- feed_last(territory int) -> id int
select id from feeds where territory_id = :territory order by id desc limit 1;

-- feed_add(territory int, id int, account int, action int, group_name text, hash blob, at_ms int)
insert into feeds (territory_id, id, account_id, action_id, group_name, token_hash, made_ms)
values (:territory, :id, :account, :action, :group_name, :hash, :at_ms);

-- feed_renew(territory int, id int, account int, hash blob, at_ms int)
update feeds set token_hash = :hash, made_ms = :at_ms where territory_id = :territory and id = :id and account_id = :account;

-- feed_end(territory int, id int, account int)
delete from feeds where territory_id = :territory and id = :id and account_id = :account;

-- feeds_of(territory int, account int) -> id int, action_id int, title text, group_name text, made_ms int
select f.id, f.action_id, x.title, f.group_name, f.made_ms
  from feeds f left join actions x on x.territory_id = f.territory_id and x.id = f.action_id
 where f.territory_id = :territory and f.account_id = :account
 order by f.id;

-- whose calendar a token opens
-- feed_of_token(hash blob) -> territory_id int, account_id int, action_id int, title text, group_name text, role text, organisation_id int, state text, expires_on date
select f.territory_id, f.account_id, f.action_id, x.title, f.group_name, a.role, a.organisation_id, a.state, a.expires_on
  from feeds f
  join accounts a on a.territory_id = f.territory_id and a.id = f.account_id
  left join actions x on x.territory_id = f.territory_id and x.id = f.action_id
 where f.token_hash = :hash;
