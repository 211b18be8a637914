-- Finding the contract of a page by what the address names.

-- sheet_contract(territory int, ref text) -> contract_ref text
select c.ref
  from sheets s join contracts c on c.territory_id = s.territory_id and c.id = s.contract_id
 where s.territory_id = :territory and s.ref = :ref;
