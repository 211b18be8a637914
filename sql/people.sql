-- Finding and listing people: pages of sorted keys, whose people they are, and what a list shows of each.

-- key_pages_from(territory int, at blob, below blob, most int) -> first blob, keys blob
select first, keys
  from key_pages
 where territory_id = :territory
   and first >= coalesce((select p.first from key_pages p where p.territory_id = :territory and p.first <= :at
                           order by p.first desc limit 1), :at)
   and first < :below
 order by first
 limit :most;

-- key_pages_back(territory int, at blob, most int) -> first blob, keys blob
select first, keys
  from key_pages
 where territory_id = :territory and first <= :at
 order by first desc
 limit :most;

-- key_page_add(territory int, first blob, keys blob)
insert into key_pages (territory_id, first, keys) values (:territory, :first, :keys);

-- key_page_remove(territory int, first blob)
delete from key_pages where territory_id = :territory and first = :first;

-- key_pages_clear(territory int)
delete from key_pages where territory_id = :territory;

-- people_keyed(territory int, after int, most int) -> id int, ref text, family_name text, given_name text, sex text, birth_date text, nationality text, languages text, household_ref text, phone text, email text, agdref text
select id, ref, family_name, given_name, sex, birth_date, nationality, languages, household_ref, phone, email, agdref
  from people
 where territory_id = :territory and id > :after
 order by id
 limit :most;

-- keepers_after(after int, most int) -> territory_id int
select territory_id from keepers where territory_id > :after order by territory_id limit :most;

-- fact_put(name text, value text)
insert into facts (name, value) values (:name, :value)
    on conflict (name) do update set value = excluded.value;

-- person_there(territory int, person int) -> one int
select 1 from people where territory_id = :territory and id = :person;

-- person_of(territory int, organisation int, person int) -> one int
select 1
  from people_of
 where territory_id = :territory and organisation_id = :organisation and person_id = :person
 limit 1;

-- people_of_one(territory int, organisation int) -> person_id int
select person_id from people_of where territory_id = :territory and organisation_id = :organisation;

-- people_lines(territory int, ids text, today date) -> id int, ref text, family_name text, given_name text, sex text, birth_date text, commune text, household_ref text, status text, enrolments int
select p.id, p.ref, p.family_name, p.given_name, p.sex, p.birth_date, p.commune, p.household_ref,
       (select s.status from statuses s
         where s.territory_id = :territory and s.person_id = p.id and s.since <= :today
           and (s.until is null or s.until >= :today)
         order by s.since desc limit 1) as status,
       (select count(*) from enrolments e where e.territory_id = :territory and e.person_id = p.id) as enrolments
  from json_each(:ids) k cross join people p
 where p.territory_id = :territory and p.id = k.value;

-- people_lines@postgres
select p.id, p.ref, p.family_name, p.given_name, p.sex, p.birth_date, p.commune, p.household_ref,
       (select s.status from statuses s
         where s.territory_id = :territory and s.person_id = p.id and s.since <= :today
           and (s.until is null or s.until >= :today)
         order by s.since desc limit 1) as status,
       (select count(*) from enrolments e where e.territory_id = :territory and e.person_id = p.id) as enrolments
  from json_array_elements_text(:ids::json) k cross join people p
 where p.territory_id = :territory and p.id = k.value::bigint;

-- people_lines_of(territory int, ids text, today date, organisation int) -> id int, ref text, family_name text, given_name text, sex text, birth_date text, commune text, household_ref text, status text, enrolments int
select p.id, p.ref, p.family_name, p.given_name, p.sex, p.birth_date, p.commune, p.household_ref,
       (select s.status from statuses s
         where s.territory_id = :territory and s.person_id = p.id and s.since <= :today
           and (s.until is null or s.until >= :today)
         order by s.since desc limit 1) as status,
       (select count(*) from enrolments e
         where e.territory_id = :territory and e.person_id = p.id
           and e.action_id in (select o.action_id from actions_of o
                                where o.territory_id = :territory and o.organisation_id = :organisation)) as enrolments
  from json_each(:ids) k cross join people p
 where p.territory_id = :territory and p.id = k.value;

-- people_lines_of@postgres
select p.id, p.ref, p.family_name, p.given_name, p.sex, p.birth_date, p.commune, p.household_ref,
       (select s.status from statuses s
         where s.territory_id = :territory and s.person_id = p.id and s.since <= :today
           and (s.until is null or s.until >= :today)
         order by s.since desc limit 1) as status,
       (select count(*) from enrolments e
         where e.territory_id = :territory and e.person_id = p.id
           and e.action_id in (select o.action_id from actions_of o
                                where o.territory_id = :territory and o.organisation_id = :organisation)) as enrolments
  from json_array_elements_text(:ids::json) k cross join people p
 where p.territory_id = :territory and p.id = k.value::bigint;

-- people_in_action(territory int, action int) -> person_id int
select person_id from enrolments where territory_id = :territory and action_id = :action
union all
select person_id from acts where territory_id = :territory and action_id = :action
union all
select person_id from pairs where territory_id = :territory and action_id = :action;

-- people_in_sheet(territory int, sheet int) -> person_id int
select e.person_id
  from actions a join enrolments e on e.territory_id = a.territory_id and e.action_id = a.id
 where a.territory_id = :territory and a.sheet_id = :sheet
union all
select c.person_id
  from actions a join acts c on c.territory_id = a.territory_id and c.action_id = a.id
 where a.territory_id = :territory and a.sheet_id = :sheet
union all
select p.person_id
  from actions a join pairs p on p.territory_id = a.territory_id and p.action_id = a.id
 where a.territory_id = :territory and a.sheet_id = :sheet;

-- people_with_status(territory int, status text, today date) -> person_id int
select person_id from statuses
 where territory_id = :territory and status = :status and since <= :today and (until is null or until >= :today);

-- people_protected(territory int, today date) -> person_id int
select person_id from statuses
 where territory_id = :territory and status in ('refugee', 'stateless', 'subsidiary_protection')
   and since <= :today and (until is null or until >= :today);

-- people_in_cohort(territory int, contract int, today date) -> person_id int
select person_id from cohort_members
 where territory_id = :territory and contract_id = :contract and joined_on <= :today
   and (left_on is null or left_on >= :today);

-- people_with_any_status(territory int) -> person_id int
select person_id from statuses where territory_id = :territory;

-- people_newest(territory int, before int, most int) -> id int, sex text, birth_date text, household_ref text
select id, sex, birth_date, household_ref
  from people
 where territory_id = :territory and id < :before
 order by id desc
 limit :most;

-- people_oldest(territory int, after int, most int) -> id int, sex text, birth_date text, household_ref text
select id, sex, birth_date, household_ref
  from people
 where territory_id = :territory and id > :after
 order by id
 limit :most;

-- people_total(territory int) -> n int
select count(*) from people where territory_id = :territory;

-- people_by_ref(territory int, from_ref text, until_ref text, most int) -> id int, ref text
select id, ref
  from people
 where territory_id = :territory and ref >= :from_ref and ref < :until_ref
 order by ref
 limit :most;

-- holding_add(territory int, person int, organisation int, at text, by text)
insert into holdings (territory_id, person_id, organisation_id, opened_at, opened_by)
values (:territory, :person, :organisation, :at, :by)
    on conflict (territory_id, person_id, organisation_id) do nothing;

-- What a file shows. organisation 0: of everybody's actions, else of its own alone.
-- file_statuses(territory int, person int) -> id int, status text, since date, until date, version int
select id, status, since, until, version
  from statuses
 where territory_id = :territory and person_id = :person
 order by since desc, id desc;

-- file_enrolments(territory int, person int, organisation int) -> id int, version int, ref text, state text, entered_on date, left_on date, planned_minutes int, exit_kind text, contract_months text, referrer_id int, action_id int
select id, version, ref, state, entered_on, left_on, planned_minutes, exit_kind, contract_months, referrer_id, action_id
  from enrolments
 where territory_id = :territory and person_id = :person
   and (cast(:organisation as bigint) = 0 or action_id in (select o.action_id from actions_of o
                                            where o.territory_id = :territory and o.organisation_id = :organisation))
 order by entered_on desc, id desc;

-- file_acts(territory int, person int, organisation int) -> id int, on_date date, kind text, quantity int, action_id int
select id, on_date, kind, quantity, action_id
  from acts
 where territory_id = :territory and person_id = :person
   and (cast(:organisation as bigint) = 0 or action_id in (select o.action_id from actions_of o
                                            where o.territory_id = :territory and o.organisation_id = :organisation));

-- file_pairs(territory int, person int, organisation int) -> id int, started_on date, ended_on date, action_id int
select id, started_on, ended_on, action_id
  from pairs
 where territory_id = :territory and person_id = :person
   and (cast(:organisation as bigint) = 0 or action_id in (select o.action_id from actions_of o
                                            where o.territory_id = :territory and o.organisation_id = :organisation));

-- file_assessments(territory int, enrolment int) -> id int, on_date date, moment text, level text
select id, on_date, moment, level from assessments where territory_id = :territory and enrolment_id = :enrolment;

-- file_followups(territory int, enrolment int) -> id int, on_date date, months int, situation text
select id, on_date, months, situation from followups where territory_id = :territory and enrolment_id = :enrolment;

-- file_cohorts(territory int, person int) -> id int, contract_id int, joined_on date, left_on date
select id, contract_id, joined_on, left_on from cohort_members where territory_id = :territory and person_id = :person;

-- file_place(territory int, action int) -> sheet_id int, title text, number text, sheet_title text, operator_id int, name text, health int
select a.sheet_id, a.title, s.number, s.title as sheet_title, a.operator_id, o.name,
       case when exists (select 1 from health_actions h where h.territory_id = a.territory_id and h.action_id = a.id) then 1 else 0 end as health
  from actions a join sheets s on s.territory_id = a.territory_id and s.id = a.sheet_id
       left join organisations o on o.territory_id = a.territory_id and o.id = a.operator_id
 where a.territory_id = :territory and a.id = :action;

-- file_sessions_of(territory int, action int) -> id int, held_on date, kind text, state text, lines blob
select s.id, s.held_on, s.kind, s.state, r.lines
  from sessions s indexed by sessions_action cross join attendances r
 where s.territory_id = :territory and s.action_id = :action
   and r.territory_id = :territory and r.session_id = s.id;

-- file_sessions_of@postgres
select s.id, s.held_on, s.kind, s.state, r.lines
  from sessions s join attendances r on r.territory_id = s.territory_id and r.session_id = s.id
 where s.territory_id = :territory and s.action_id = :action;

-- file_readings(territory int, person int, most int) -> seq int, at text, actor text, cause text, action text, entity text, fields text
select j.seq, c.at, c.actor, c.cause, j.action, j.entity, j.fields
  from (select p.seq, p.change_id, p.action, p.entity, p.fields
          from journal p indexed by journal_people
         where p.territory_id = :territory and p.entity in ('people', 'statuses') and p.entity = 'people'
           and p.record_id = :person
        union all
        select q.seq, q.change_id, q.action, q.entity, q.fields
          from statuses s cross join journal q indexed by journal_people
         where s.territory_id = :territory and s.person_id = :person
           and q.territory_id = :territory and q.entity in ('people', 'statuses') and q.entity = 'statuses'
           and q.record_id = s.id) j
       join changes c on c.territory_id = :territory and c.id = j.change_id
 order by j.seq desc
 limit :most;

-- file_readings@postgres
select j.seq, c.at, c.actor, c.cause, j.action, j.entity, j.fields
  from (select p.seq, p.change_id, p.action, p.entity, p.fields
          from journal p
         where p.territory_id = :territory and p.entity in ('people', 'statuses') and p.entity = 'people'
           and p.record_id = :person
        union all
        select q.seq, q.change_id, q.action, q.entity, q.fields
          from statuses s cross join journal q
         where s.territory_id = :territory and s.person_id = :person
           and q.territory_id = :territory and q.entity in ('people', 'statuses') and q.entity = 'statuses'
           and q.record_id = s.id) j
       join changes c on c.territory_id = :territory and c.id = j.change_id
 order by j.seq desc
 limit :most;

-- file_read_since(territory int, person int, actor text, since text, fields text) -> one int
select 1
  from journal j indexed by journal_people join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 where j.territory_id = :territory and j.entity in ('people', 'statuses') and j.record_id = :person
   and j.entity = 'people' and j.action = 'read' and j.fields = :fields and c.actor = :actor and c.at >= :since
 limit 1;

-- file_read_since@postgres
select 1
  from journal j join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 where j.territory_id = :territory and j.entity in ('people', 'statuses') and j.record_id = :person
   and j.entity = 'people' and j.action = 'read' and j.fields = :fields and c.actor = :actor and c.at >= :since
 limit 1;

-- How a record came to be what it is: for people and statuses alone, whose rows of the journal have an index.
-- versions_of(territory int, entity text, record int) -> version int, content text
select version, content from versions
 where territory_id = :territory and entity = :entity and record_id = :record and part_id = 0
 order by version;

-- record_writings(territory int, entity text, record int) -> seq int, change int, action text, version int, at text, actor text, cause text
select j.seq, j.change_id, j.action, j.version, c.at, c.actor, c.cause
  from journal j indexed by journal_people join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 where j.territory_id = :territory and j.entity in ('people', 'statuses') and j.entity = :entity and j.record_id = :record
   and j.action <> 'read'
 order by j.seq;

-- record_writings@postgres
select j.seq, j.change_id, j.action, j.version, c.at, c.actor, c.cause
  from journal j join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 where j.territory_id = :territory and j.entity in ('people', 'statuses') and j.entity = :entity and j.record_id = :record
   and j.action <> 'read'
 order by j.seq;

-- begins: what the content of a status of this person begins with
-- statuses_ever(territory int, person int, begins text) -> id int
select id from statuses where territory_id = :territory and person_id = :person
union
select record_id from versions
 where territory_id = :territory and entity = 'statuses' and substr(content, 1, length(:begins)) = :begins;

-- What was taken out, and is not there now: the latest first. Rows of people and what is about them; actor absent: whoever did it.
-- removals(territory int, since text, actor text, most int) -> seq int, change int, entity text, record int, version int, at text, actor text, cause text
select j.seq, j.change_id, j.entity, j.record_id, j.version, c.at, c.actor, c.cause
  from journal j indexed by journal_removals join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 where j.territory_id = :territory and j.action = 'delete' and j.version > 1 and c.at >= :since
   and (cast(:actor as text) is null or c.actor = :actor)
 order by j.seq desc
 limit :most;

-- removals@postgres
select j.seq, j.change_id, j.entity, j.record_id, j.version, c.at, c.actor, c.cause
  from journal j join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 where j.territory_id = :territory and j.action = 'delete' and j.version > 1 and c.at >= :since
   and (cast(:actor as text) is null or c.actor = :actor)
 order by j.seq desc
 limit :most;
