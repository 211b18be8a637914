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

-- the last kept of what a record was; null: nothing
-- version_last(territory int, entity text, record int) -> version int
select max(version) from versions where territory_id = :territory and entity = :entity and record_id = :record;

-- version_is_last(territory int, entity text, record int, version int) -> one int
select 1
  from versions v join versions l on l.territory_id = v.territory_id and l.entity = v.entity and l.record_id = v.record_id
                                 and l.part_id = v.part_id
 where v.territory_id = :territory and v.entity = :entity and v.record_id = :record and v.part_id = 0 and v.version = :version
   and l.version = (select max(m.version) from versions m
                     where m.territory_id = :territory and m.entity = :entity and m.record_id = :record)
   and l.content = v.content;

-- who opened a file, kept beside its record's versions while that is taken out
-- holdings_keep(territory int, person int)
insert into versions (territory_id, entity, record_id, part_id, version, content)
select territory_id, 'holdings', person_id, organisation_id, 0, opened_at || ' ' || opened_by
  from holdings where territory_id = :territory and person_id = :person;

-- holdings_drop(territory int, person int)
delete from holdings where territory_id = :territory and person_id = :person;

-- holdings_put_back(territory int, person int)
insert into holdings (territory_id, person_id, organisation_id, opened_at, opened_by)
select territory_id, record_id, part_id, substr(content, 1, 24), substr(content, 26)
  from versions where territory_id = :territory and entity = 'holdings' and record_id = :person;

-- holdings_forget(territory int, person int)
delete from versions where territory_id = :territory and entity = 'holdings' and record_id = :person;

-- one row of the journal: changes have their rows together, in the order of their numbers
-- journal_row_at(territory int, seq int) -> change int
select change_id from journal where territory_id = :territory and seq = :seq;

-- journal_first(territory int) -> seq int
select seq from journal where territory_id = :territory order by seq limit 1;

-- change_row(territory int, change int) -> at text, actor text, cause text
select at, actor, cause from changes where territory_id = :territory and id = :change;

-- What a change wrote: a row for each record. first, last: its first and last version there, times 4, plus what was done: 0 inserted,
-- 1 updated, 2 deleted.
-- act_rows(territory int, from_seq int, to_seq int) -> entity text, record int, first int, last int
select entity, record_id,
       min(version * 4 + case action when 'insert' then 0 when 'update' then 1 else 2 end),
       max(version * 4 + case action when 'insert' then 0 when 'update' then 1 else 2 end)
  from journal
 where territory_id = :territory and seq between :from_seq and :to_seq and action <> 'read'
 group by entity, record_id
 order by entity, record_id;

-- journal_counts() -> entity text, records int
select entity, count(*) filter (where action = 'insert') - count(*) filter (where action = 'delete')
  from journal group by entity;
