-- The bin: what was taken out stands among the versions; this finds it.
create index journal_removals on journal (territory_id, seq) where action = 'delete' and version > 1;

create table documents (
	territory_id INT not null,
	id INT not null,
	person_id INT,
	household text,
	session_id INT,
	organisation_id INT,
	kind text not null,
	label text,
	type text not null,
	bytes INT not null,
	digest CTEXT not null,
	added_on text not null,
	keep_until text not null,
	version INT not null,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, session_id) references sessions (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create index documents_person on documents (territory_id, person_id);
create index documents_household on documents (territory_id, household) where household is not null;
create index documents_session on documents (territory_id, session_id) where session_id is not null;
create index documents_keep on documents (keep_until);

-- What they hold, sealed (src/people/documents.h). Here and not in a folder, so that one transaction, one backup and one copy hold both; it stays while
-- a removed record can be put back.
create table document_contents (
	territory_id INT not null,
	id INT not null,
	content BLOB not null,
	primary key (territory_id, id)
END;
