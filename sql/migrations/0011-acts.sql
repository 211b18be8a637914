-- What is done for one person: acts of the contract's own kinds and what every kind asks, levels by skill, obstacles, goals,
-- notes, interpreters, places of childcare, follow-ups that were not done; the kind of contract found at the exit.

alter table enrolments add column contract_kind text;

create table act_kinds (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	label text not null,
	unit text,
	sheet_id INT,
	health INT not null check (health in (0, 1)),
	ended_on text,
	version INT not null,
	foreign key (territory_id, sheet_id) references sheets (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index act_kinds_ref on act_kinds (territory_id, ref);

create table act_fields (
	territory_id INT not null,
	id INT not null,
	act_kind_id INT not null,
	field CTEXT not null,
	label text not null,
	type text not null,
	choices text,
	required INT check (required in (0, 1)),
	position INT,
	version INT not null,
	foreign key (territory_id, act_kind_id) references act_kinds (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index act_fields_key on act_fields (territory_id, act_kind_id, field);

create table act_values (
	territory_id INT not null,
	id INT not null,
	act_id INT not null,
	field CTEXT not null,
	value text,
	version INT not null,
	foreign key (territory_id, act_id) references acts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index act_values_key on act_values (territory_id, act_id, field);

create table assessment_skills (
	territory_id INT not null,
	id INT not null,
	enrolment_id INT not null,
	on_date CTEXT not null,
	moment CTEXT not null,
	skill CTEXT not null,
	level text not null,
	version INT not null,
	foreign key (territory_id, enrolment_id) references enrolments (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index assessment_skills_key on assessment_skills (territory_id, enrolment_id, on_date, moment, skill);

create table followups_missed (
	territory_id INT not null,
	id INT not null,
	enrolment_id INT not null,
	months INT not null,
	on_date text not null,
	reason text not null,
	version INT not null,
	foreign key (territory_id, enrolment_id) references enrolments (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index followups_missed_key on followups_missed (territory_id, enrolment_id, months);

create table obstacles (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	person_id INT not null,
	organisation_id INT,
	domain text not null,
	on_date text not null,
	rating text not null,
	version INT not null,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index obstacles_ref on obstacles (territory_id, ref);
create index obstacles_person on obstacles (territory_id, person_id);

create table goals (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	person_id INT not null,
	organisation_id INT,
	title text not null,
	set_on text not null,
	due_on text,
	state text not null,
	version INT not null,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index goals_ref on goals (territory_id, ref);
create index goals_person on goals (territory_id, person_id);

create table goal_steps (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	goal_id INT not null,
	what text not null,
	who text not null,
	partner_id INT,
	due_on text,
	state text not null,
	done_on text,
	version INT not null,
	foreign key (territory_id, goal_id) references goals (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, partner_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index goal_steps_ref on goal_steps (territory_id, ref);
create index goal_steps_goal on goal_steps (territory_id, goal_id);

create table notes (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	person_id INT not null,
	organisation_id INT,
	author_id INT,
	on_date text not null,
	audience text not null,
	readers text,
	sealed text,
	version INT not null,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, author_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index notes_ref on notes (territory_id, ref);
create index notes_person on notes (territory_id, person_id);

create table interpreters (
	territory_id INT not null,
	id INT not null,
	ref CTEXT not null,
	act_id INT,
	session_id INT,
	languages text not null,
	minutes INT,
	organisation_id INT,
	version INT not null,
	foreign key (territory_id, act_id) references acts (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, session_id) references sessions (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index interpreters_ref on interpreters (territory_id, ref);
create index interpreters_act on interpreters (territory_id, act_id);
create index interpreters_session on interpreters (territory_id, session_id);

create table childcare_places (
	territory_id INT not null,
	id INT not null,
	action_id INT not null,
	since CTEXT not null,
	places INT not null,
	age_from INT,
	age_to INT,
	version INT not null,
	foreign key (territory_id, action_id) references actions (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index childcare_places_key on childcare_places (territory_id, action_id, since);
-- what is still to be done: few among many
create index goal_steps_due on goal_steps (territory_id, due_on) where state = 'to_do';

-- Actions whose operators care for people's health: why somebody comes there is told to nobody else.
create view health_actions as
select o.territory_id, o.action_id
  from actions_of o cross join organisations x
 where x.territory_id = o.territory_id and x.id = o.organisation_id and x.category = 'health';
