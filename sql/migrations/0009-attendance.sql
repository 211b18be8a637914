-- Attendance: who closed a sheet and when, what came from telephones' queues, and answers that differ.

alter table sessions add column closed_at text;
alter table sessions add column closed_by_id INT;

create table attendance_conflicts (
	territory_id INT not null,
	id INT not null,
	session_id INT not null,
	person_id INT not null,
	kept_minutes INT,
	kept_excused INT check (kept_excused in (0, 1)),
	kept_by_id INT,
	kept_at text,
	lost_minutes INT,
	lost_excused INT check (lost_excused in (0, 1)),
	lost_by_id INT,
	lost_at text,
	settled text,
	version INT not null,
	foreign key (territory_id, session_id) references sessions (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, kept_by_id) references accounts (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, lost_by_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create index attendance_conflicts_session on attendance_conflicts (territory_id, session_id);

-- What a telephone has sent, by the key that it made for it: the same key again gets the first answer.
-- content: the lines as they were sent, where they are not on the sheet; names nobody.
create table attendance_sendings (
	territory_id INT not null,
	sending_key CTEXT not null,
	account_id INT not null,
	session_id INT not null,
	received_ms INT not null,
	typed_ms INT not null,
	result text not null,
	reason text,
	differing INT not null,
	content text,
	foreign key (territory_id, account_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, sending_key)
END;
