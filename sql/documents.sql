-- Papers and photos attached to people, households and sessions.

-- document_content_add(territory int, id int, content blob)
insert into document_contents (territory_id, id, content) values (:territory, :id, :content);

-- document_content(territory int, id int) -> content blob
select content from document_contents where territory_id = :territory and id = :id;

-- organisation 0: everybody's, else those that it added
-- documents_of_person(territory int, person int, household text, organisation int) -> id int, version int, person int, household text, session int, organisation int, kind text, label text, type text, bytes int, added_on date, keep_until date, name text, category text
select d.id, d.version, d.person_id, d.household, d.session_id, d.organisation_id, d.kind, d.label, d.type, d.bytes, d.added_on, d.keep_until,
       o.name, o.category
  from documents d left join organisations o on o.territory_id = d.territory_id and o.id = d.organisation_id
 where d.territory_id = :territory and (d.person_id = :person or d.household = :household)
   and (cast(:organisation as bigint) = 0 or d.organisation_id = :organisation)
 order by d.id desc;

-- documents_of_session(territory int, session int) -> as documents_of_person
select d.id, d.version, d.person_id, d.household, d.session_id, d.organisation_id, d.kind, d.label, d.type, d.bytes, d.added_on, d.keep_until,
       o.name, o.category
  from documents d left join organisations o on o.territory_id = d.territory_id and o.id = d.organisation_id
 where d.territory_id = :territory and d.session_id = :session
 order by d.id desc;

-- documents_over(today date) -> territory int, id int
select territory_id, id from documents where keep_until < :today order by territory_id, id limit 100;

-- those whose record was taken out too long ago to be put back
-- document_contents_forget(since text)
delete from document_contents
 where not exists (select 1 from documents d where d.territory_id = document_contents.territory_id and d.id = document_contents.id)
   and not exists (select 1 from journal j join changes c on c.territory_id = j.territory_id and c.id = j.change_id
                    where j.territory_id = document_contents.territory_id and j.record_id = document_contents.id
                      and j.entity = 'documents' and j.action = 'delete' and j.version > 1 and c.at >= :since);

-- document_contents_loose() -> n int
select count(*) from document_contents
 where not exists (select 1 from documents d where d.territory_id = document_contents.territory_id and d.id = document_contents.id);
