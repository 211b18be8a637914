-- Acts, exits, levels, obstacles, goals and notes of one person, and the kinds of act. organisation 0: of everybody, else of its own.

-- act_kinds_all(territory int) -> id int, ref text, label text, unit text, sheet_id int, health int, ended_on date
select id, ref, label, unit, sheet_id, health, ended_on from act_kinds where territory_id = :territory order by id;

-- act_fields_all(territory int) -> id int, act_kind_id int, field text, label text, type text, choices text, required int
select id, act_kind_id, field, label, type, choices, required
  from act_fields
 where territory_id = :territory
 order by act_kind_id, position, id;

-- action_own(territory int, organisation int, action int) -> one int
select 1 from actions_of where territory_id = :territory and organisation_id = :organisation and action_id = :action limit 1;

-- The actions in which somebody may be met: their enrolments first, the latest entered first.
-- actions_to_record(territory int, organisation int, person int) -> id int, ref text, title text, sheet_id int, number text, health int, enrolled int
select a.id, a.ref, a.title, a.sheet_id, s.number, case when exists (select 1 from health_actions h where h.territory_id = a.territory_id and h.action_id = a.id) then 1 else 0 end as health,
       (select count(*) from enrolments e
         where e.territory_id = a.territory_id and e.person_id = :person and e.action_id = a.id and e.state = 'active') as enrolled
  from actions a join sheets s on s.territory_id = a.territory_id and s.id = a.sheet_id
 where a.territory_id = :territory
   and (cast(:organisation as bigint) = 0 or a.id in (select x.action_id from actions_of x
                                            where x.territory_id = :territory and x.organisation_id = :organisation))
 order by enrolled desc, s.number, a.title, a.id;

-- acts_latest(territory int, most int) -> action_id int, kind text, n int
select action_id, kind, count(*) as n
  from (select action_id, kind from acts where territory_id = :territory order by id desc limit :most) x
 group by action_id, kind
 order by n desc, kind, action_id;

-- acts_of_person(territory int, person int, organisation int) -> id int, version int, ref text, action_id int, on_date date, kind text, quantity int, title text, number text, operator text, health int
select c.id, c.version, c.ref, c.action_id, c.on_date, c.kind, c.quantity, a.title, s.number, o.name as operator,
       case when exists (select 1 from health_actions h where h.territory_id = a.territory_id and h.action_id = a.id) then 1 else 0 end as health
  from acts c join actions a on a.territory_id = c.territory_id and a.id = c.action_id
       join sheets s on s.territory_id = c.territory_id and s.id = a.sheet_id
       left join organisations o on o.territory_id = c.territory_id and o.id = a.operator_id
 where c.territory_id = :territory and c.person_id = :person
   and (cast(:organisation as bigint) = 0 or c.action_id in (select x.action_id from actions_of x
                                            where x.territory_id = :territory and x.organisation_id = :organisation))
 order by c.on_date desc, c.id desc;

-- act_values_of_person(territory int, person int) -> act_id int, field text, value text
select v.act_id, v.field, v.value
  from acts c join act_values v on v.territory_id = c.territory_id and v.act_id = c.id
 where c.territory_id = :territory and c.person_id = :person
 order by v.act_id, v.id;

-- interpreters_of_person(territory int, person int) -> id int, version int, act_id int, languages text, minutes int, organisation_id int, name text
select i.id, i.version, i.act_id, i.languages, i.minutes, i.organisation_id, o.name
  from acts c join interpreters i on i.territory_id = c.territory_id and i.act_id = c.id
       left join organisations o on o.territory_id = i.territory_id and o.id = i.organisation_id
 where c.territory_id = :territory and c.person_id = :person;

-- interpreter_of_act(territory int, act int) -> id int
select id from interpreters where territory_id = :territory and act_id = :act;

-- The half-days of childcare already taken, and the places offered that day.
-- childcare_taken(territory int, action int, on date, half text, but int) -> n int
select coalesce(sum(coalesce(c.quantity, 1)), 0) as n
  from acts c join act_values v on v.territory_id = c.territory_id and v.act_id = c.id and v.field = 'half_day'
 where c.territory_id = :territory and c.action_id = :action and c.kind = 'childcare' and c.on_date = :on
   and v.value = :half and c.id <> :but;

-- childcare_offered(territory int, action int, on date) -> id int, places int, age_from int, age_to int
select id, places, age_from, age_to
  from childcare_places
 where territory_id = :territory and action_id = :action and since <= :on
 order by since desc
 limit 1;

-- organisations_all(territory int) -> id int, ref text, name text, category text
select id, ref, name, category from organisations where territory_id = :territory order by name, id;

-- enrolments_of_person(territory int, person int, organisation int) -> id int, ref text, title text
select e.id, e.ref, a.title
  from enrolments e join actions a on a.territory_id = e.territory_id and a.id = e.action_id
 where e.territory_id = :territory and e.person_id = :person and e.state = 'active'
   and (cast(:organisation as bigint) = 0 or e.action_id in (select x.action_id from actions_of x
                                            where x.territory_id = :territory and x.organisation_id = :organisation))
 order by e.entered_on desc, e.id desc;

-- enrolled_in_action(territory int, action int, today date) -> person_id int, family_name text, given_name text
select distinct p.id as person_id, p.family_name, p.given_name
  from enrolments e join people p on p.territory_id = e.territory_id and p.id = e.person_id
 where e.territory_id = :territory and e.action_id = :action and e.state = 'active' and e.entered_on <= :today
   and (e.left_on is null or e.left_on >= :today)
 order by p.family_name, p.given_name, p.id;

-- followup_of(territory int, enrolment int) -> id int
select id from followups where territory_id = :territory and enrolment_id = :enrolment and months = 6;

-- followups_missed_all(territory int) -> enrolment_id int
select enrolment_id from followups_missed where territory_id = :territory;

-- Who has left with a job or a training, and of whom nothing was recorded since: neither a follow-up, nor that it was not done.
-- followups_due(territory int, action int, until date) -> id int, person_id int, left_on date, exit text, family_name text, given_name text
select e.id, e.person_id, e.left_on, e.exit_kind as exit, p.family_name, p.given_name
  from enrolments e join people p on p.territory_id = e.territory_id and p.id = e.person_id
 where e.territory_id = :territory and e.action_id = :action and e.state = 'active' and e.left_on <= :until
   and e.exit_kind in ('employment', 'training')
   and not exists (select 1 from followups f where f.territory_id = e.territory_id and f.enrolment_id = e.id and f.months = 6)
   and not exists (select 1 from followups_missed m
                    where m.territory_id = e.territory_id and m.enrolment_id = e.id and m.months = 6)
 order by e.left_on, e.id;

-- levels_of_person(territory int, person int, organisation int) -> id int, version int, enrolment_id int, on_date date, moment text, level text, title text, number text
select x.id, x.version, x.enrolment_id, x.on_date, x.moment, x.level, a.title, s.number
  from enrolments e join assessments x on x.territory_id = e.territory_id and x.enrolment_id = e.id
       join actions a on a.territory_id = e.territory_id and a.id = e.action_id
       join sheets s on s.territory_id = a.territory_id and s.id = a.sheet_id
 where e.territory_id = :territory and e.person_id = :person
   and (cast(:organisation as bigint) = 0 or e.action_id in (select o.action_id from actions_of o
                                            where o.territory_id = :territory and o.organisation_id = :organisation))
 order by x.on_date, x.id;

-- skills_of_person(territory int, person int, organisation int) -> id int, enrolment_id int, on_date date, moment text, skill text, level text
select x.id, x.enrolment_id, x.on_date, x.moment, x.skill, x.level
  from enrolments e join assessment_skills x on x.territory_id = e.territory_id and x.enrolment_id = e.id
 where e.territory_id = :territory and e.person_id = :person
   and (cast(:organisation as bigint) = 0 or e.action_id in (select o.action_id from actions_of o
                                            where o.territory_id = :territory and o.organisation_id = :organisation));

-- obstacles_of_person(territory int, person int, organisation int) -> id int, version int, ref text, organisation_id int, domain text, on_date date, rating text, name text
select x.id, x.version, x.ref, x.organisation_id, x.domain, x.on_date, x.rating, o.name
  from obstacles x left join organisations o on o.territory_id = x.territory_id and o.id = x.organisation_id
 where x.territory_id = :territory and x.person_id = :person
   and (cast(:organisation as bigint) = 0 or x.organisation_id = :organisation)
 order by x.on_date, x.id;

-- goals_of_person(territory int, person int, organisation int) -> id int, version int, ref text, organisation_id int, title text, set_on date, due_on date, state text, name text
select x.id, x.version, x.ref, x.organisation_id, x.title, x.set_on, x.due_on, x.state, o.name
  from goals x left join organisations o on o.territory_id = x.territory_id and o.id = x.organisation_id
 where x.territory_id = :territory and x.person_id = :person
   and (cast(:organisation as bigint) = 0 or x.organisation_id = :organisation)
 order by x.set_on desc, x.id desc;

-- steps_of_person(territory int, person int) -> id int, version int, ref text, goal_id int, what text, who text, partner_id int, due_on date, state text, done_on date, name text
select x.id, x.version, x.ref, x.goal_id, x.what, x.who, x.partner_id, x.due_on, x.state, x.done_on, o.name
  from goals g join goal_steps x on x.territory_id = g.territory_id and x.goal_id = g.id
       left join organisations o on o.territory_id = x.territory_id and o.id = x.partner_id
 where g.territory_id = :territory and g.person_id = :person
 order by x.due_on, x.id;

-- What one's organisation (0: the city's team) has agreed with people, and is to be done by that day.
-- steps_due(territory int, organisation int, until date) -> id int, person_id int, what text, due_on date, title text, family_name text, given_name text
select x.id, g.person_id, x.what, x.due_on, g.title, p.family_name, p.given_name
  from goal_steps x join goals g on g.territory_id = x.territory_id and g.id = x.goal_id
       join people p on p.territory_id = g.territory_id and p.id = g.person_id
 where x.territory_id = :territory and x.state = 'to_do' and x.due_on <= :until and g.state = 'open'
   and ((cast(:organisation as bigint) = 0 and g.organisation_id is null) or g.organisation_id = :organisation)
 order by x.due_on, x.id;

-- notes_of_person(territory int, person int) -> id int, version int, ref text, organisation_id int, author_id int, on_date date, audience text, readers text, sealed text, name text
select x.id, x.version, x.ref, x.organisation_id, x.author_id, x.on_date, x.audience, x.readers, x.sealed, o.name
  from notes x left join organisations o on o.territory_id = x.territory_id and o.id = x.organisation_id
 where x.territory_id = :territory and x.person_id = :person
 order by x.on_date desc, x.id desc;

-- account_named(territory int, account int) -> name text
select name from accounts where territory_id = :territory and id = :account;

-- childcare_all(territory int) -> id int, since date, places int, age_from int, age_to int, title text, number text
select c.id, c.since, c.places, c.age_from, c.age_to, a.title, s.number
  from childcare_places c join actions a on a.territory_id = c.territory_id and a.id = c.action_id
       join sheets s on s.territory_id = a.territory_id and s.id = a.sheet_id
 where c.territory_id = :territory
 order by s.number, a.title, c.since;

-- act_values_of_act(territory int, act int) -> id int
select id from act_values where territory_id = :territory and act_id = :act;
