-- Who may sign in, and what proves it. Accounts and contacts are records; the rest are secrets and their machinery:
-- never in a version, never in an export. Moments are milliseconds since 1970, hashes and sealed texts are bytes.

create table accounts (
	territory_id INT not null,
	id INT not null,
	email CTEXT not null,
	name text not null,
	role text not null,
	organisation_id INT,
	person_id INT,
	language text,
	state text not null,
	expires_on text,
	rules_accepted_on text,
	version INT not null,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, person_id) references people (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
-- over the whole database: somebody who signs in names no territory
create unique index accounts_email on accounts (email);

create table contacts (
	territory_id INT not null,
	id INT not null,
	organisation_id INT not null,
	name text not null,
	function text,
	phone text,
	email text,
	languages text,
	checked_on text,
	left_on text,
	version INT not null,
	foreign key (territory_id, organisation_id) references organisations (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create index contacts_organisation on contacts (territory_id, organisation_id);

create table passwords (
	territory_id INT not null,
	account_id INT not null,
	hash text not null,
	set_ms INT not null,
	foreign key (territory_id, account_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, account_id)
END;

-- the shared secret of one-time codes (TOTP), sealed; asked for from the first right code on
create table second_factors (
	territory_id INT not null,
	account_id INT not null,
	secret BLOB not null,
	made_ms INT not null,
	confirmed_ms INT,
	last_step INT not null,
	foreign key (territory_id, account_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, account_id)
END;

-- codes on paper that replace the second factor, each once; locator: the part that is no secret
create table recovery_codes (
	territory_id INT not null,
	account_id INT not null,
	locator CTEXT not null,
	hash text not null,
	used_ms INT,
	foreign key (territory_id, account_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, account_id, locator)
END;

-- sign-ins through the web; the token itself is only in the browser
create table logins (
	territory_id INT not null,
	id INT not null,
	account_id INT not null,
	token_hash BLOB not null,
	step INT not null check (step in (1, 2)),
	made_ms INT not null,
	seen_ms INT not null,
	ended_ms INT,
	agent text,
	foreign key (territory_id, account_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index logins_token on logins (token_hash);
create index logins_account on logins (territory_id, account_id);

-- invitations and resets: a code on paper or by mail that lets its holder choose a password, once
create table invitations (
	territory_id INT not null,
	id INT not null,
	account_id INT not null,
	kind text not null,
	locator CTEXT not null,
	hash text not null,
	made_ms INT not null,
	expires_ms INT not null,
	used_ms INT,
	foreign key (territory_id, account_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index invitations_locator on invitations (locator);

-- attempts to get in that have not succeeded; subject: keyed hash of whom they name or where they come from
create table attempts (
	subject BLOB not null,
	count INT not null,
	last_ms INT not null,
	primary key (subject)
END;

-- what somebody was typing when the sign-in expired, sealed with a key that only the browser's token gives
create table drafts (
	territory_id INT not null,
	account_id INT not null,
	token_hash BLOB not null,
	content BLOB not null,
	expires_ms INT not null,
	foreign key (territory_id, account_id) references accounts (territory_id, id) deferrable initially deferred,
	primary key (territory_id, account_id, token_hash)
END;
