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
