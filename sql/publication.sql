-- What was made public: of a contract, in the order of release; of everybody, for the public page.

-- publications_of(territory int, contract int) -> id int
select id from publications where territory_id = :territory and contract_id = :contract order by on_date, id;

-- publications_public() -> territory int, id int, city text, contract text, title text
select p.territory_id as territory, p.id, t.name as city, c.ref as contract, c.title
  from publications p join contracts c on c.territory_id = p.territory_id and c.id = p.contract_id
       join territories t on t.territory_id = c.territory_id and t.id = c.party_id
 order by t.name, c.ref, p.from_date, p.to_date, p.on_date, p.id;
