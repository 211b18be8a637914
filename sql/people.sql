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
