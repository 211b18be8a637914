-- Attendance: the sheet of a session, sheets that are missing, what telephones sent. organisation 0: the whole city, else its own actions.

-- attendance_place(territory int, session int, organisation int) -> title text, ref text, sheet_ref text, number text, operator_name text
select a.title, a.ref, f.ref as sheet_ref, f.number, o.name as operator_name
  from sessions s
  join actions a on a.territory_id = s.territory_id and a.id = s.action_id
  join sheets f on f.territory_id = a.territory_id and f.id = a.sheet_id
  left join organisations o on o.territory_id = a.territory_id and o.id = a.operator_id
 where s.territory_id = :territory and s.id = :session
   and (cast(:organisation as bigint) = 0 or s.action_id in (select x.action_id from actions_of x
                                            where x.territory_id = :territory and x.organisation_id = :organisation));

-- group_name: of the session; who is enrolled in no group comes with any.
-- attendance_expected(territory int, action int, on_day date, group_name text) -> person_id int, entered_on date, planned_minutes int, given_name text, family_name text
select e.person_id, e.entered_on, e.planned_minutes, p.given_name, p.family_name
  from enrolments e join people p on p.territory_id = e.territory_id and p.id = e.person_id
 where e.territory_id = :territory and e.action_id = :action and e.state = 'active'
   and e.entered_on <= :on_day and (e.left_on is null or e.left_on >= :on_day)
   and (cast(:group_name as text) is null or e.group_name is null or e.group_name = :group_name)
 order by e.person_id, e.entered_on desc, e.id desc;

-- attendance_person(territory int, person int) -> given_name text, family_name text
select given_name, family_name from people where territory_id = :territory and id = :person;

-- What assiduity is made of: registers of training sessions that were held.
-- attendance_held(territory int, action int, until date) -> held_on date, lines blob
select s.held_on, r.lines
  from sessions s join attendances r on r.territory_id = s.territory_id and r.session_id = s.id
 where s.territory_id = :territory and s.action_id = :action and s.kind = 'training' and s.state = 'held' and s.held_on <= :until;

-- attendance_written(territory int, session int) -> at text, actor text
select c.at, c.actor
  from journal j join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 where j.territory_id = :territory and j.entity = 'attendances' and j.record_id = :session and j.action <> 'read'
 order by j.seq desc
 limit 1;

-- attendance_open_conflicts(territory int, session int) -> id int
select id from attendance_conflicts where territory_id = :territory and session_id = :session and settled is null order by id;

-- Sessions of a day whose sheet may be taken.
-- attendance_on(territory int, on_day date, organisation int) -> id int, minutes int, kind text, group_name text, starts_at text, room text, state text, closed_at text, title text, operator_name text, filled int
select s.id, s.minutes, s.kind, s.group_name, s.starts_at, s.room, s.state, s.closed_at, a.title, o.name as operator_name,
       case when exists (select 1 from attendances r where r.territory_id = s.territory_id and r.session_id = s.id) then 1 else 0 end as filled
  from sessions s
  join actions a on a.territory_id = s.territory_id and a.id = s.action_id
  join sheets f on f.territory_id = a.territory_id and f.id = a.sheet_id
  left join organisations o on o.territory_id = a.territory_id and o.id = a.operator_id
 where s.territory_id = :territory and s.held_on = :on_day and s.state <> 'cancelled' and s.audience = 'newcomers' and f.recording = 'nominal'
   and (cast(:organisation as bigint) = 0 or s.action_id in (select x.action_id from actions_of x
                                            where x.territory_id = :territory and x.organisation_id = :organisation))
 order by s.starts_at nulls last, a.title, s.group_name, s.id;

-- Sessions that are over and whose sheet is missing, or was never closed; the latest first, from before a session of the list before.
-- attendance_late(territory int, since date, until date, organisation int, action text, before_day date, before_id int, most int) -> id int, held_on date, minutes int, kind text, group_name text, starts_at text, title text, operator_name text, filled int
select s.id, s.held_on, s.minutes, s.kind, s.group_name, s.starts_at, a.title, o.name as operator_name,
       case when r.session_id is null then 0 else 1 end as filled
  from sessions s
  join actions a on a.territory_id = s.territory_id and a.id = s.action_id
  join sheets f on f.territory_id = a.territory_id and f.id = a.sheet_id
  left join organisations o on o.territory_id = a.territory_id and o.id = a.operator_id
  left join attendances r on r.territory_id = s.territory_id and r.session_id = s.id
 where s.territory_id = :territory and s.held_on >= :since and s.held_on < :until
   and f.recording = 'nominal' and coalesce(s.public_count, 0) = 0
   and (s.state = 'planned' or (s.state = 'held' and r.session_id is null
        and not exists (select 1 from trainee_attendances t where t.territory_id = s.territory_id and t.session_id = s.id)))
   and (cast(:organisation as bigint) = 0 or s.action_id in (select x.action_id from actions_of x
                                            where x.territory_id = :territory and x.organisation_id = :organisation))
   and (cast(:action as text) is null or a.ref = :action)
   and (s.held_on, s.id) < (:before_day, cast(:before_id as bigint))
 order by s.held_on desc, s.id desc
 limit :most;

-- attendance_sending(territory int, sending_key text) -> account_id int, session_id int, received_ms int, result text, reason text, differing int
select account_id, session_id, received_ms, result, reason, differing
  from attendance_sendings where territory_id = :territory and sending_key = :sending_key;

-- attendance_sending_add(territory int, sending_key text, account int, session int, received int, typed int, result text, reason text, differing int, content text)
insert into attendance_sendings (territory_id, sending_key, account_id, session_id, received_ms, typed_ms, result, reason, differing, content)
values (:territory, :sending_key, :account, :session, :received, :typed, :result, :reason, :differing, :content);
