-- What the conformity of a contract looks at beside the plan.

-- conformity_payments(territory int, contract int) -> year int, cents int
select year, cast(sum(cents) as bigint)
  from payments
 where territory_id = :territory and contract_id = :contract
 group by year
 order by year;

-- conformity_meetings(territory int, contract int) -> body_id int, on_date date
select m.body_id, m.on_date
  from bodies b join meetings m on m.territory_id = b.territory_id and m.body_id = b.id
 where b.territory_id = :territory and b.contract_id = :contract and m.state = 'held'
 order by m.body_id, m.on_date;
