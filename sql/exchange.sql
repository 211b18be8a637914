-- What an import asks beyond the records themselves.

-- keepers_all() -> territory_id int
select territory_id from keepers order by territory_id;

-- keeper_of_territory(ref text) -> territory_id int
select territory_id from territories where ref = :ref order by territory_id;

-- keeper_refs() -> territory_id int, ref text
select territory_id, ref from territories order by territory_id, ref;

-- keeper_add(territory int, made_at text)
insert into keepers (territory_id, made_at) values (:territory, :made_at);

-- local_indicator_known(territory int, sheet int, indicator text) -> one int
select 1
  from sheets s join local_indicators l on l.territory_id = s.territory_id and l.contract_id = s.contract_id
 where s.territory_id = :territory and s.id = :sheet and l.indicator = :indicator;

-- aggregates_in_order(territory int) -> id int, sheet_id int, sheet text, indicator text, cell text, from_date date, to_date date, value text
select a.id, a.sheet_id, s.ref, a.indicator, a.cell, a.from_date, a.to_date, a.value
  from aggregates a join sheets s on s.territory_id = a.territory_id and s.id = a.sheet_id
 where a.territory_id = :territory
 order by a.sheet_id, a.indicator, a.from_date, a.to_date, a.cell;

-- people_without_status(territory int) -> ref text
select p.ref from people p
 where p.territory_id = :territory
   and not exists (select 1 from statuses s where s.territory_id = p.territory_id and s.person_id = p.id);

-- What an operator's own spreadsheet is held against.

-- action_found(territory int, ref text) -> id int, sheet_id int, sheet text, operator_id int
select a.id, a.sheet_id, s.ref, coalesce(a.operator_id, 0)
  from actions a join sheets s on s.territory_id = a.territory_id and s.id = a.sheet_id
 where a.territory_id = :territory and a.ref = :ref;

-- sheet_operated(territory int, sheet int, organisation int) -> one int
select 1 from partnerships
 where territory_id = :territory and sheet_id = :sheet and organisation_id = :organisation and role = 'operator';

-- everybody whom an operator follows
-- people_of_operator(territory int, organisation int) -> ref text, family_name text, given_name text, birth_date text
select distinct p.ref, p.family_name, p.given_name, p.birth_date
  from actions a
  join enrolments e on e.territory_id = a.territory_id and e.action_id = a.id
  join people p on p.territory_id = e.territory_id and p.id = e.person_id
 where a.territory_id = :territory
   and (a.operator_id = :organisation
        or exists (select 1 from partnerships x
                    where x.territory_id = a.territory_id and x.sheet_id = a.sheet_id and x.organisation_id = :organisation
                      and x.role = 'operator'));

-- statuses_of_operator(territory int, organisation int) -> person text, status text
select distinct p.ref, t.status
  from actions a
  join enrolments e on e.territory_id = a.territory_id and e.action_id = a.id
  join people p on p.territory_id = e.territory_id and p.id = e.person_id
  join statuses t on t.territory_id = p.territory_id and t.person_id = p.id
 where a.territory_id = :territory
   and (a.operator_id = :organisation
        or exists (select 1 from partnerships x
                    where x.territory_id = a.territory_id and x.sheet_id = a.sheet_id and x.organisation_id = :organisation
                      and x.role = 'operator'));

-- person_named(territory int, ref text) -> family_name text, given_name text, birth_date text
select family_name, given_name, birth_date from people where territory_id = :territory and ref = :ref;

-- person_statuses(territory int, ref text) -> status text
select t.status from people p join statuses t on t.territory_id = p.territory_id and t.person_id = p.id
 where p.territory_id = :territory and p.ref = :ref;

-- enrolments_of_action(territory int, action int) -> ref text, person text, entered_on date
select e.ref, p.ref, e.entered_on
  from enrolments e join people p on p.territory_id = e.territory_id and p.id = e.person_id
 where e.territory_id = :territory and e.action_id = :action
 order by e.entered_on, e.ref;

-- sessions_of_action(territory int, action int) -> ref text, held_on date, minutes int, group_name text
select ref, held_on, minutes, group_name from sessions
 where territory_id = :territory and action_id = :action
 order by held_on, ref;

-- mapping_found(territory int, organisation int, rows_are text, shape text) -> id int, columns text
select id, columns from mappings
 where territory_id = :territory and coalesce(organisation_id, 0) = :organisation and rows_are = :rows_are and shape = :shape;

-- territory_codes(territory int) -> name text, insee_code text
select name, insee_code from territories where territory_id = :territory and insee_code is not null;
