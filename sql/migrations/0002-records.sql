-- The records of people, sessions, acts and money.

create table people (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	family_name text,
	given_name text,
	sex text,
	birth_date text,
	nationality text,
	languages text,
	arrived_on text,
	cir_signed_on text,
	household_ref text,
	commune text,
	phone text,
	email text,
	agdref text,
	french_level text,
	version INT not null,
	primary key (territory_id, id)
END;
create unique index people_ref on people (territory_id, ref);

create table statuses (
	territory_id INT not null,
	id INT not null,
	person_id INT not null,
	status text not null,
	since CTEXT not null,
	until text,
	version INT not null,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index statuses_key on statuses (territory_id, person_id, since);

create table enrolments (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	action_id INT not null,
	person_id INT not null,
	state text not null,
	entered_on text not null,
	left_on text,
	planned_minutes INT,
	exit_kind text,
	contract_months text,
	referrer_id INT,
	version INT not null,
	foreign key (territory_id, action_id) references actions (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, referrer_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index enrolments_ref on enrolments (territory_id, ref);
create index enrolments_action on enrolments (territory_id, action_id, person_id);

create table sessions (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	action_id INT not null,
	held_on text not null,
	minutes INT not null,
	kind text not null,
	theme text,
	audience text not null,
	state text not null,
	group_name text,
	civic_themes text,
	public_count INT,
	civic_other text,
	version INT not null,
	foreign key (territory_id, action_id) references actions (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index sessions_ref on sessions (territory_id, ref);
create index sessions_action on sessions (territory_id, action_id);

-- the register of a session, all its lines in one row (src/model/roll.h)
create table attendances (
	territory_id INT not null,
	session_id INT not null,
	lines BLOB not null,
	version INT not null,
	foreign key (territory_id, session_id) references sessions (territory_id, id) deferrable initially deferred,
	primary key (territory_id, session_id)
END;

create table trainees (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	family_name text,
	given_name text,
	organisation_id INT,
	volunteer INT not null check (volunteer in (0, 1)),
	version INT not null,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index trainees_ref on trainees (territory_id, ref);

-- the same for actors of integration
create table trainee_attendances (
	territory_id INT not null,
	session_id INT not null,
	lines BLOB not null,
	version INT not null,
	foreign key (territory_id, session_id) references sessions (territory_id, id) deferrable initially deferred,
	primary key (territory_id, session_id)
END;

create table assessments (
	territory_id INT not null,
	id INT not null,
	enrolment_id INT not null,
	on_date CTEXT not null,
	moment CTEXT not null,
	level text not null,
	version INT not null,
	foreign key (territory_id, enrolment_id) references enrolments (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index assessments_key on assessments (territory_id, enrolment_id, on_date, moment);

create table followups (
	territory_id INT not null,
	id INT not null,
	enrolment_id INT not null,
	months INT not null,
	on_date text not null,
	situation text not null,
	version INT not null,
	foreign key (territory_id, enrolment_id) references enrolments (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index followups_key on followups (territory_id, enrolment_id, months);

create table acts (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	action_id INT not null,
	person_id INT not null,
	on_date text not null,
	kind CTEXT not null,
	quantity INT,
	version INT not null,
	foreign key (territory_id, action_id) references actions (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index acts_ref on acts (territory_id, ref);
create index acts_action on acts (territory_id, action_id, person_id);

create table pairs (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	action_id INT not null,
	person_id INT not null,
	partner_name text,
	started_on text not null,
	ended_on text,
	version INT not null,
	foreign key (territory_id, action_id) references actions (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index pairs_ref on pairs (territory_id, ref);
create index pairs_action on pairs (territory_id, action_id, person_id);

create table tools (
	territory_id INT not null,
	id INT not null,
	action_id INT not null,
	on_date CTEXT not null,
	audience CTEXT not null,
	label CTEXT not null,
	version INT not null,
	foreign key (territory_id, action_id) references actions (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index tools_key on tools (territory_id, action_id, on_date, audience, label);

create table expenses (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	action_id INT not null,
	on_date text not null,
	label text not null,
	cents INT not null,
	p104_cents INT,
	account INT,
	version INT not null,
	foreign key (territory_id, action_id) references actions (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index expenses_ref on expenses (territory_id, ref);
create index expenses_action on expenses (territory_id, action_id);

create table payments (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	contract_id INT not null,
	year INT not null,
	on_date text not null,
	cents INT not null,
	version INT not null,
	foreign key (territory_id, contract_id) references contracts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index payments_ref on payments (territory_id, ref);
create index payments_contract on payments (territory_id, contract_id);

create table aggregates (
	territory_id INT not null,
	id INT not null,
	sheet_id INT not null,
	from_date CTEXT not null,
	to_date CTEXT not null,
	indicator CTEXT not null,
	cell CTEXT not null,
	value text not null,
	version INT not null,
	foreign key (territory_id, sheet_id) references sheets (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index aggregates_key on aggregates (territory_id, sheet_id, from_date, to_date, indicator, cell);

create table cohort_members (
	territory_id INT not null,
	id INT not null,
	person_id INT not null,
	contract_id INT not null,
	consented_on text not null,
	joined_on CTEXT not null,
	left_on text,
	version INT not null,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, contract_id) references contracts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index cohort_members_key on cohort_members (territory_id, person_id, contract_id, joined_on);
create index cohort_members_contract on cohort_members (territory_id, contract_id);

create table meetings (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	body_id INT not null,
	on_date text not null,
	state text not null,
	subject text,
	version INT not null,
	foreign key (territory_id, body_id) references bodies (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index meetings_ref on meetings (territory_id, ref);
create index meetings_body on meetings (territory_id, body_id);

