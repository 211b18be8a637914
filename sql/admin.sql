-- What the pages of accounts, of the journal and of the database ask.

-- ---- my account ----

-- account_proofs(territory int, account int) -> password_ms int, factor_ms int
select p.set_ms, f.confirmed_ms
  from accounts a
  left join passwords p on p.territory_id = a.territory_id and p.account_id = a.id
  left join second_factors f on f.territory_id = a.territory_id and f.account_id = a.id
 where a.territory_id = :territory and a.id = :account;

-- changes_by(territory int, actor text) -> at text, cause text
select at, cause from changes where territory_id = :territory and actor = :actor order by id;

-- ---- accesses ----

-- organisations_named(territory int) -> id int, ref text, name text
select id, ref, name from organisations where territory_id = :territory order by name, id;

-- person_known(territory int, id int) -> id int
select id from people where territory_id = :territory and id = :id;
