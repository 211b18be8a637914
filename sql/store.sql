-- What the store itself asks: facts about the database, changes and their journal.

-- fact(name text) -> value text
select value from facts where name = :name;

-- fact_add(name text, value text)
insert into facts (name, value) values (:name, :value);

-- change_last(territory int) -> id int
select id from changes where territory_id = :territory order by id desc limit 1;

-- change_add(territory int, id int, at text, actor text, cause text)
insert into changes (territory_id, id, at, actor, cause)
values (:territory, :id, coalesce(:at, ''), coalesce(:actor, ''), coalesce(:cause, ''));

-- journal_head(territory int) -> seq int, hash blob
select seq, hash from journal where territory_id = :territory order by seq desc limit 1;

-- journal_row_add(territory int, seq int, change int, entity text, record int, part int, action text, version int,
--     fields text, digest blob, hash blob)
insert into journal (territory_id, seq, change_id, entity, record_id, part_id, action, version, fields, digest, hash)
values (:territory, :seq, :change, :entity, :record, :part, :action, :version, coalesce(:fields, ''), :digest, :hash);

-- journal_rows() -> territory int, seq int, change int, entity text, record int, part int, action text, version int,
--     fields text, digest blob, hash blob, at text, actor text, cause text
select j.territory_id, j.seq, j.change_id, j.entity, j.record_id, j.part_id, j.action, j.version, j.fields, j.digest,
       j.hash, c.at, c.actor, c.cause
  from journal j left join changes c on c.territory_id = j.territory_id and c.id = j.change_id
 order by j.territory_id, j.seq;

-- changes that no row of the journal belongs to
-- changes_without_rows() -> territory int, change int
select territory_id, id from changes
except
select territory_id, change_id from journal
order by 1, 2;

-- journal_walk() -> territory_id int, seq int, entity text, record_id int, part_id int, action text, version int, digest blob
select territory_id, seq, entity, record_id, part_id, action, version, digest from journal order by territory_id, seq;

-- version_content(territory int, entity text, record int, part int, version int) -> content text
select content from versions
 where territory_id = :territory and entity = :entity and record_id = :record and part_id = :part and version = :version;

-- journal_counts() -> entity text, records int
select entity, count(*) filter (where action = 'insert') - count(*) filter (where action = 'delete')
  from journal group by entity;
