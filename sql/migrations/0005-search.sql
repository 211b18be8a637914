-- Finding people: keys that are made from their records (src/model/person_keys.h), and who may see whom.

-- Sorted keys in pages of about a thousand bytes: a page is found by its first key (src/model/sorted.h).
create table key_pages (
	territory_id INT not null,
	first BLOB not null,
	keys BLOB not null,
	primary key (territory_id, first)
END;

-- the organisations that opened a person's file: they see it before anything was recorded in an action of theirs
create table holdings (
	territory_id INT not null,
	person_id INT not null,
	organisation_id INT not null,
	opened_at text not null,
	opened_by text not null,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, person_id, organisation_id)
END;
create index holdings_organisation on holdings (territory_id, organisation_id);

-- who was met in an action, and in which actions somebody was met: the index alone answers
create index enrolments_person on enrolments (territory_id, person_id);
create index acts_person on acts (territory_id, person_id);
create index pairs_person on pairs (territory_id, person_id);
create index actions_operator on actions (territory_id, operator_id);
create index partnerships_organisation on partnerships (territory_id, organisation_id, role, sheet_id);

-- Whose action it is: its operator's; without one, of the operators of its sheet. "cross join" tells SQLite to go from left to
-- right, here and below: it would rather read all the records of a territory.
create view actions_of as
select territory_id, operator_id as organisation_id, id as action_id
  from actions where operator_id is not null
union all
select p.territory_id, p.organisation_id, a.id as action_id
  from partnerships p cross join actions a
 where a.territory_id = p.territory_id and a.sheet_id = p.sheet_id and p.role = 'operator' and a.operator_id is null;

-- Whose people: those met in an action of the organisation, and those whose file it opened. The list, the search, the file
-- and the export all ask here.
create view people_of as
select o.territory_id, o.organisation_id, e.person_id
  from actions_of o cross join enrolments e where e.territory_id = o.territory_id and e.action_id = o.action_id
union all
select o.territory_id, o.organisation_id, c.person_id
  from actions_of o cross join acts c where c.territory_id = o.territory_id and c.action_id = o.action_id
union all
select o.territory_id, o.organisation_id, p.person_id
  from actions_of o cross join pairs p where p.territory_id = o.territory_id and p.action_id = o.action_id
union all
select territory_id, organisation_id, person_id from holdings;

-- who looked at a person's file or changed it
create index journal_people on journal (territory_id, record_id) where entity in ('people', 'statuses');
