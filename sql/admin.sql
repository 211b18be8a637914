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

-- ---- the journal ----

-- the newest first, before a row; what is not asked for is null
-- journal_page(territory int, before int, entity text, action text, actor text, cause text, since text, until text, most int)
--     -> seq int, change int, at text, actor text, cause text, entity text, record int, part int, action text, fields text
select j.seq, j.change_id, c.at, c.actor, c.cause, j.entity, j.record_id, j.part_id, j.action, j.fields
  from journal j join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 where j.territory_id = :territory and j.seq < :before
   and (cast(:entity as text) is null or j.entity = :entity)
   and (cast(:action as text) is null or j.action = :action)
   and (cast(:actor as text) is null or c.actor = :actor)
   and (cast(:cause as text) is null or c.cause = :cause)
   and (cast(:since as text) is null or c.at >= :since)
   and (cast(:until as text) is null or c.at < :until)
 order by j.seq desc limit :most;

-- journal_accounts(territory int) -> id int, name text, role text, organisation_name text
select a.id, a.name, a.role, o.name
  from accounts a left join organisations o on o.territory_id = a.territory_id and o.id = a.organisation_id
 where a.territory_id = :territory order by a.role, o.name, a.name, a.id;

-- ---- the database ----

-- database_size() -> bytes int
select page_count * page_size from pragma_page_count(), pragma_page_size();
-- database_size@postgres
select pg_database_size(current_database());
