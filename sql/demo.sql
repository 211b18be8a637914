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

-- ---- the accounts of a demonstration ----

-- Somebody whom no demonstration has made: people, actors, accounts, contacts. What is recorded about invented people is a visitor's game.
-- demo_foreign() -> one int
select 1
  from journal j join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 where j.action = 'insert' and c.cause <> 'demo'
   and j.entity in ('people', 'trainees', 'accounts', 'contacts')
 limit 1;

-- the operator with the most enrolments
-- demo_operator(territory int) -> id int
select x.operator_id
  from enrolments e join actions x on x.territory_id = e.territory_id and x.id = e.action_id
 where e.territory_id = :territory and x.operator_id is not null
 group by x.operator_id
 order by count(*) desc, x.operator_id
 limit 1;

-- the partner of the most sheets, that carries out none
-- demo_partner(territory int) -> id int
select p.organisation_id
  from partnerships p
 where p.territory_id = :territory and p.role = 'partner'
   and not exists (select 1 from partnerships o
                    where o.territory_id = p.territory_id and o.organisation_id = p.organisation_id and o.role = 'operator')
 group by p.organisation_id
 order by count(*) desc, p.organisation_id
 limit 1;

-- The day on which a demonstration stands: the last of its records.
-- demo_last_session(territory int) -> last date
select max(held_on) from sessions where territory_id = :territory and state = 'held';

-- demo_person(territory int) -> id int
select person_id from enrolments
 where territory_id = :territory
 group by person_id
 order by count(*) desc, person_id
 limit 1;
