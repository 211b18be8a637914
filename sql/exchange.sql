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
