-- The people of an action: enrolled, asking, waiting. organisation 0: whoever's action it is, else one of its own.

-- enrol_place(territory int, organisation int, ref text) -> id int, sheet_ref text, sheet_number text, sheet_title text, recording text, operator_name text, contract_id int, contract_ref text, eligible text
select x.id, h.ref as sheet_ref, h.number as sheet_number, h.title as sheet_title, h.recording, o.name as operator_name,
       c.id as contract_id, c.ref as contract_ref, c.eligible_statuses as eligible
  from actions x
  join sheets h on h.territory_id = x.territory_id and h.id = x.sheet_id
  join contracts c on c.territory_id = h.territory_id and c.id = h.contract_id
  left join organisations o on o.territory_id = x.territory_id and o.id = x.operator_id
 where x.territory_id = :territory and x.ref = :ref
   and (cast(:organisation as bigint) = 0 or x.id in (select w.action_id from actions_of w
                                            where w.territory_id = :territory and w.organisation_id = :organisation));

-- actions that somebody may be enrolled in, of every contract, in the order of their titles
-- enrol_actions(territory int, organisation int) -> id int, ref text, title text, sheet_number text
select x.id, x.ref, x.title, h.number as sheet_number
  from actions x
  join sheets h on h.territory_id = x.territory_id and h.id = x.sheet_id
 where x.territory_id = :territory and h.recording = 'nominal' and x.audience in ('newcomers', 'mixed', 'public')
   and (cast(:organisation as bigint) = 0 or x.id in (select w.action_id from actions_of w
                                            where w.territory_id = :territory and w.organisation_id = :organisation))
 order by h.number, x.title, x.ref;

-- enrol_roster(territory int, action int) -> id int, version int, person_id int, state text, entered_on date, left_on date, planned_minutes int, exit_kind text, group_name text, referent text, requested_on date, waiting_since date, reason text, given_name text, family_name text, sex text, birth_date text, cir_signed_on date
select e.id, e.version, e.person_id, e.state, e.entered_on, e.left_on, e.planned_minutes, e.exit_kind, e.group_name, e.referent,
       e.requested_on, e.waiting_since, e.reason, p.given_name, p.family_name, p.sex, p.birth_date, p.cir_signed_on
  from enrolments e cross join people p
 where e.territory_id = :territory and e.action_id = :action and p.territory_id = e.territory_id and p.id = e.person_id;

-- enrol_statuses(territory int, action int) -> person_id int, status text, since date, until date
select s.person_id, s.status, s.since, s.until
  from statuses s
 where s.territory_id = :territory
   and s.person_id in (select e.person_id from enrolments e where e.territory_id = :territory and e.action_id = :action)
 order by s.person_id, s.since desc, s.id desc;

-- the enrolments of one person in an action
-- enrol_already(territory int, action int, person int) -> id int, state text, left_on date, waiting_since date
select id, state, left_on, waiting_since
  from enrolments
 where territory_id = :territory and action_id = :action and person_id = :person
 order by entered_on desc, id desc;

-- who takes a place on a day, or will
-- enrol_present(territory int, action int, today date) -> n int
select count(*) from enrolments
 where territory_id = :territory and action_id = :action and state = 'active' and (left_on is null or left_on >= :today);

-- who may look after the people of an action: the staff of its operator, or of the organisation
-- enrol_staff(territory int, action int, organisation int) -> id int, name text
select id, name
  from accounts
 where territory_id = :territory and state = 'active' and role in ('manager', 'worker')
   and organisation_id is not null
   and (organisation_id = :organisation
     or organisation_id in (select w.organisation_id from actions_of w where w.territory_id = :territory and w.action_id = :action))
 order by name, id;
