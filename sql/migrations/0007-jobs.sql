-- Long work that outlives a request: asked for by an account, done by the job process, found again by its page.
-- message, place: for people, in the language of who asked. parameters, result: the kind's own words.
create table jobs (
	territory_id INT not null,
	id INT not null,
	account_id INT not null,
	kind text not null,
	language text not null,
	state text not null check (state in ('waiting', 'running', 'done', 'failed', 'stopped')),
	stop INT not null check (stop in (0, 1)),
	tries INT not null,
	done INT not null,
	total INT not null,
	parameters text,
	result text,
	message text,
	place text,
	made_ms INT not null,
	started_ms INT,
	told_ms INT,
	ended_ms INT,
	foreign key (territory_id, account_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
