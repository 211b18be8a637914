-- Is there something that invented records would mix with?

-- demo_filled(territory int, contract int) -> one int
select 1
  from sheets h join actions x on x.territory_id = h.territory_id and x.sheet_id = h.id
 where h.territory_id = :territory and h.contract_id = :contract
   and (exists (select 1 from enrolments e where e.territory_id = x.territory_id and e.action_id = x.id)
     or exists (select 1 from sessions s where s.territory_id = x.territory_id and s.action_id = x.id)
     or exists (select 1 from aggregates g where g.territory_id = h.territory_id and g.sheet_id = h.id))
 limit 1;

-- demo_people_between(territory int, from_ref text, to_ref text) -> one int
select 1
  from people
 where territory_id = :territory and ref >= :from_ref and ref < :to_ref
 limit 1;

-- demo_other_contract(territory int, contract int) -> one int
select 1
  from contracts
 where territory_id = :territory and id <> :contract
 limit 1;
