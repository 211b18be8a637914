-- How an operator's own spreadsheet is read: remembered for the next file with the same headings.

create table mappings (
	territory_id INT not null,
	id INT not null,
	organisation_id INT,
	rows_are text not null,
	shape text not null,
	columns text not null,
	version INT not null,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create index mappings_shape on mappings (territory_id, shape);
