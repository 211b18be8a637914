-- What was made public, with the figures as they were: every later release is held against those before it.

create table publications (
	territory_id INT not null,
	id INT not null,
	contract_id INT not null,
	from_date CTEXT not null,
	to_date CTEXT not null,
	on_date CTEXT not null,
	threshold INT not null,
	empty text,
	total INT not null,
	men INT not null,
	women INT not null,
	under25 INT not null,
	bpi INT not null,
	bpi_men INT not null,
	bpi_women INT not null,
	bpi_under25 INT not null,
	version INT not null,
	foreign key (territory_id, contract_id) references contracts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index publications_key on publications (territory_id, contract_id, from_date, to_date, on_date);
