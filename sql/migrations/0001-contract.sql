-- The ground: what every table shares, the contract half, and the trail of changes.
-- Words of the dialect (INT, BLOB, CTEXT, END) are spelled for each engine by src/db/migrate.c.

-- the territories whose records this database keeps; the number is the first column of every key
create table keepers (
	territory_id INT not null,
	made_at text not null,
	primary key (territory_id)
END;

-- facts about the database itself: its own random name, from which its keys are derived
create table facts (
	name text not null,
	value text not null,
	primary key (name)
END;

-- who wrote, when and why: one row a transaction
create table changes (
	territory_id INT not null,
	id INT not null,
	at text not null,
	actor text not null,
	cause text not null,
	primary key (territory_id, id)
END;

-- what was written: a chain of hashes that never holds a value
create table journal (
	territory_id INT not null,
	seq INT not null,
	change_id INT not null,
	entity text not null,
	record_id INT not null,
	part_id INT not null,
	action text not null,
	version INT not null,
	fields text not null,
	digest BLOB not null,
	hash BLOB not null,
	primary key (territory_id, seq)
END;

-- the content that a record had before its present one (which stands in its own table)
create table versions (
	territory_id INT not null,
	entity text not null,
	record_id INT not null,
	part_id INT not null,
	version INT not null,
	content text not null,
	primary key (territory_id, entity, record_id, part_id, version)
END;

create table territories (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	name text not null,
	kind text not null,
	insee_code text,
	department_code text,
	department text,
	region text,
	version INT not null,
	primary key (territory_id, id)
END;
create unique index territories_ref on territories (territory_id, ref);

create table organisations (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	name text not null,
	category text not null,
	legal_form text,
	parent_id INT,
	siret text,
	version INT not null,
	foreign key (territory_id, parent_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index organisations_ref on organisations (territory_id, ref);

create table deliberations (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	party_id INT not null,
	number text not null,
	held_on text,
	convened_on text,
	subject text,
	members INT,
	present INT,
	represented INT,
	excused INT,
	not_participating INT,
	votes_for INT,
	votes_against INT,
	abstentions INT,
	version INT not null,
	foreign key (territory_id, party_id) references territories (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index deliberations_ref on deliberations (territory_id, ref);

create table contracts (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	party_id INT not null,
	kind text not null,
	title text not null,
	deliberation_id INT,
	signed_on text,
	duration_months INT,
	state_party text,
	local_party text,
	programme text,
	programme_action text,
	authorising_officer text,
	public_accountant text,
	payee_name text,
	payee_iban text,
	payee_bic text,
	predecessor text,
	eligible_statuses text,
	version INT not null,
	foreign key (territory_id, party_id) references territories (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, deliberation_id) references deliberations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index contracts_ref on contracts (territory_id, ref);

create table grants (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	contract_id INT not null,
	year INT not null,
	requested_cents INT,
	granted_cents INT,
	condition text,
	version INT not null,
	foreign key (territory_id, contract_id) references contracts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index grants_ref on grants (territory_id, ref);
create index grants_contract on grants (territory_id, contract_id);

create table priorities (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	contract_id INT not null,
	number INT not null,
	title text not null,
	version INT not null,
	foreign key (territory_id, contract_id) references contracts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index priorities_ref on priorities (territory_id, ref);
create index priorities_contract on priorities (territory_id, contract_id);

create table axes (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	priority_id INT not null,
	number INT not null,
	title text not null,
	version INT not null,
	foreign key (territory_id, priority_id) references priorities (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index axes_ref on axes (territory_id, ref);
create index axes_priority on axes (territory_id, priority_id);

create table sheets (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	contract_id INT not null,
	axis_id INT,
	kind text not null,
	number text not null,
	title text not null,
	audience text not null,
	objective INT,
	objective_actors INT,
	starts_on text,
	ends_on text,
	funded INT check (funded in (0, 1)),
	recording text not null,
	summary text,
	version INT not null,
	foreign key (territory_id, contract_id) references contracts (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, axis_id) references axes (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index sheets_ref on sheets (territory_id, ref);
create index sheets_contract on sheets (territory_id, contract_id);

create table actions (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	sheet_id INT not null,
	title text not null,
	operator_id INT,
	audience text not null,
	objective INT,
	objective_actors INT,
	detail text,
	version INT not null,
	foreign key (territory_id, sheet_id) references sheets (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, operator_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index actions_ref on actions (territory_id, ref);
create index actions_sheet on actions (territory_id, sheet_id, operator_id);

create table forecasts (
	territory_id INT not null,
	id INT not null,
	sheet_id INT not null,
	action_id INT,
	year INT not null,
	cost_cents INT,
	p104_cents INT,
	version INT not null,
	foreign key (territory_id, sheet_id) references sheets (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, action_id) references actions (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index forecasts_key on forecasts (territory_id, sheet_id, coalesce(action_id, 0), year);

create table partnerships (
	territory_id INT not null,
	id INT not null,
	sheet_id INT not null,
	organisation_id INT not null,
	role CTEXT not null,
	version INT not null,
	foreign key (territory_id, sheet_id) references sheets (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index partnerships_key on partnerships (territory_id, sheet_id, organisation_id, role);

create table local_indicators (
	territory_id INT not null,
	id INT not null,
	contract_id INT not null,
	indicator CTEXT not null,
	label text,
	measure text not null,
	match_code CTEXT,
	version INT not null,
	foreign key (territory_id, contract_id) references contracts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index local_indicators_key on local_indicators (territory_id, contract_id, indicator);

create table sheet_indicators (
	territory_id INT not null,
	id INT not null,
	sheet_id INT not null,
	indicator CTEXT not null,
	version INT not null,
	foreign key (territory_id, sheet_id) references sheets (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index sheet_indicators_key on sheet_indicators (territory_id, sheet_id, indicator);

create table bodies (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	contract_id INT not null,
	name text not null,
	kind text not null,
	frequency text not null,
	conveners text,
	members text,
	version INT not null,
	foreign key (territory_id, contract_id) references contracts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index bodies_ref on bodies (territory_id, ref);
create index bodies_contract on bodies (territory_id, contract_id);

