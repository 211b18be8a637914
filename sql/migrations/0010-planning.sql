-- Sessions are planned before they are held, and people ask for a place before they are enrolled. What points to an account stays here.

alter table sessions add column starts_at text;
alter table sessions add column room text;
alter table sessions add column trainer text;
alter table sessions add column trainer_account_id INT;
alter table sessions add column series text;
alter table sessions add column cancel_reason text;
-- the agenda of a week, whatever the action
create index sessions_day on sessions (territory_id, held_on);

alter table enrolments add column group_name text;
alter table enrolments add column referent text;
alter table enrolments add column referent_account_id INT;
alter table enrolments add column requested_on text;
alter table enrolments add column waiting_since text;
alter table enrolments add column reason text;

-- who asks for a place: few among many
create index enrolments_requested on enrolments (territory_id, action_id) where state = 'requested';

alter table actions add column capacity INT;

-- Calendars that other programs read: of an account (its own sessions), or of an action or one of its groups. The address holds a
-- token whose hash alone is kept; renewed, the older address says nothing any more.
create table feeds (
	territory_id INT not null,
	id INT not null,
	account_id INT not null,
	action_id INT,
	group_name text,
	token_hash BLOB not null,
	made_ms INT not null,
	foreign key (territory_id, account_id) references accounts (territory_id, id) deferrable initially deferred,
	foreign key (territory_id, action_id) references actions (territory_id, id) deferrable initially deferred,
	primary key (territory_id, id)
END;
create unique index feeds_token on feeds (token_hash);
create index feeds_account on feeds (territory_id, account_id);
