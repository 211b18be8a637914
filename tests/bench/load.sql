-- load.sql - the bundle, taken from text tables t_FILE (a column for each column of the CSV file), as plain typed
-- tables: integer keys, dates as dates, an index where the rules look something up.
--
-- One text for SQLite, PostgreSQL and DuckDB: script/bench keeps the lines that start with --sqlite, --pg or
-- --duckdb for the engine named.  SQLite has no type for dates: they are days since 1970-01-01 there.

--sqlite PRAGMA journal_mode = off; PRAGMA synchronous = off;
--pg     CREATE FUNCTION as_day(text) RETURNS date LANGUAGE sql IMMUTABLE
--pg         AS 'SELECT CAST(nullif($1, '''') AS date)';
--pg     CREATE FUNCTION turns_25(date) RETURNS date LANGUAGE sql IMMUTABLE
--pg         AS 'SELECT make_date(extract(year FROM $1)::integer + 25, extract(month FROM $1)::integer, 1)
--pg             + extract(day FROM $1)::integer - 1';
--pg     CREATE AGGREGATE group_concat(text, text) (sfunc = string_agg_transfn, stype = internal,
--pg         finalfunc = string_agg_finalfn);
--duckdb CREATE MACRO as_day(x) AS CAST(nullif(x, '') AS date);
--duckdb CREATE MACRO turns_25(x) AS make_date(year(x) + 25, month(x), 1) + CAST(day(x) - 1 AS integer);

CREATE TABLE contracts (id integer PRIMARY KEY, ref text);
INSERT INTO contracts SELECT row_number() OVER (ORDER BY ref), ref FROM t_contracts;

CREATE TABLE sheets (id integer PRIMARY KEY, ref text, contract_id integer, recording text);
INSERT INTO sheets
SELECT row_number() OVER (ORDER BY t.ref), t.ref, c.id, t.recording
  FROM t_sheets t JOIN contracts c ON c.ref = t.contract_ref;

CREATE TABLE actions (id integer PRIMARY KEY, ref text, sheet_id integer);
INSERT INTO actions
SELECT row_number() OVER (ORDER BY t.ref), t.ref, s.id FROM t_actions t JOIN sheets s ON s.ref = t.sheet_ref;

CREATE TABLE local_indicators (contract_id integer, indicator text, measure text, act_or_session text);
INSERT INTO local_indicators
SELECT c.id, t.indicator, t.measure, t.match FROM t_local_indicators t JOIN contracts c ON c.ref = t.contract_ref;

-- the statuses that make eligible in a contract: its own list, or the default
CREATE TABLE eligible_statuses (contract_id integer, status text, bpi integer);
INSERT INTO eligible_statuses
SELECT c.id, k.status, k.bpi
  FROM (SELECT 'refugee' AS status, 1 AS bpi UNION ALL SELECT 'stateless', 1 UNION ALL SELECT 'subsidiary_protection', 1
        UNION ALL SELECT 'family_of_french', 0 UNION ALL SELECT 'parent_of_french', 0
        UNION ALL SELECT 'family_reunification', 0 UNION ALL SELECT 'worker', 0 UNION ALL SELECT 'other_newcomer', 0
        UNION ALL SELECT 'student', 2 UNION ALL SELECT 'temporary_protection', 2 UNION ALL SELECT 'asylum_seeker', 2
        UNION ALL SELECT 'eu_citizen', 2 UNION ALL SELECT 'french', 2 UNION ALL SELECT 'none', 2) k,
       t_contracts t JOIN contracts c ON c.ref = t.ref
 WHERE k.bpi = 1 OR (coalesce(t.eligible_statuses, '') = '' AND k.bpi = 0)
    OR ';' || t.eligible_statuses || ';' LIKE '%;' || k.status || ';%';

CREATE TABLE people (id integer PRIMARY KEY, ref text, family_name text, given_name text, sex text, birth_date date,
    nationality text, languages text, arrived_on date, cir_signed_on date, household_ref text, commune text,
    phone text, email text, agdref text);
INSERT INTO people
SELECT row_number() OVER (ORDER BY ref), ref, family_name, given_name, sex,
       as_day(born), nationality, languages,
       as_day(arrived_on), as_day(cir_signed_on), nullif(household_ref, ''), commune,
       phone, email, agdref
  FROM (SELECT t_people.*, substr(nullif(birth_date, '') || '-01-01', 1, 10) AS born FROM t_people) t;
CREATE UNIQUE INDEX people_ref ON people (ref);

CREATE TABLE statuses (person_id integer, status text, since date, until date);
INSERT INTO statuses
SELECT p.id, t.status, as_day(t.since), as_day(t.until)
  FROM t_statuses t JOIN people p ON p.ref = t.person_ref;

CREATE TABLE enrolments (id integer PRIMARY KEY, ref text, action_id integer, person_id integer, state text,
    entered_on date, left_on date, planned_minutes integer, exit text, contract_months decimal(8, 2), permanent integer);
INSERT INTO enrolments
SELECT row_number() OVER (ORDER BY t.ref), t.ref, a.id, p.id, t.state, as_day(t.entered_on),
       as_day(t.left_on), CAST(nullif(t.planned_minutes, '') AS integer), t.exit,
       CAST(nullif(nullif(t.contract_months, ''), 'permanent') AS decimal(8, 2)),
       CASE t.contract_months WHEN 'permanent' THEN 1 ELSE 0 END
  FROM t_enrolments t JOIN people p ON p.ref = t.person_ref JOIN actions a ON a.ref = t.action_ref;
CREATE UNIQUE INDEX enrolments_ref ON enrolments (ref);
CREATE INDEX enrolments_action ON enrolments (action_id, person_id);

CREATE TABLE sessions (id integer PRIMARY KEY, ref text, action_id integer, held_on date, minutes integer, kind text,
    theme text, audience text, state text, civic_themes text, public_count integer);
INSERT INTO sessions
SELECT row_number() OVER (ORDER BY t.ref), t.ref, a.id, as_day(t.held_on), CAST(t.minutes AS integer), t.kind,
       t.theme, t.audience, t.state, t.civic_themes, CAST(nullif(t.public_count, '') AS integer)
  FROM t_sessions t JOIN actions a ON a.ref = t.action_ref;
CREATE UNIQUE INDEX sessions_ref ON sessions (ref);

CREATE TABLE attendances (session_id integer, person_id integer, minutes integer, PRIMARY KEY (session_id, person_id))
--sqlite     WITHOUT ROWID
    ;
INSERT INTO attendances
SELECT s.id, p.id, CAST(t.minutes AS integer)
  FROM t_attendances t JOIN sessions s ON s.ref = t.session_ref JOIN people p ON p.ref = t.person_ref;
CREATE INDEX attendances_person ON attendances (person_id, session_id, minutes);

CREATE TABLE trainees (id integer PRIMARY KEY, ref text, volunteer integer);
INSERT INTO trainees
SELECT row_number() OVER (ORDER BY ref), ref, CASE volunteer WHEN 'yes' THEN 1 ELSE 0 END FROM t_trainees;
CREATE UNIQUE INDEX trainees_ref ON trainees (ref);

CREATE TABLE trainee_attendances (session_id integer, trainee_id integer, minutes integer,
    PRIMARY KEY (session_id, trainee_id));
INSERT INTO trainee_attendances
SELECT s.id, p.id, CAST(t.minutes AS integer)
  FROM t_trainee_attendances t JOIN sessions s ON s.ref = t.session_ref JOIN trainees p ON p.ref = t.trainee_ref;

CREATE TABLE assessments (enrolment_id integer, on_day date, moment text, level text);
INSERT INTO assessments
SELECT e.id, as_day(t."on"), t.moment, t.level
  FROM t_assessments t JOIN enrolments e ON e.ref = t.enrolment_ref;
CREATE INDEX assessments_enrolment ON assessments (enrolment_id);

CREATE TABLE followups (enrolment_id integer, months integer, situation text);
INSERT INTO followups
SELECT e.id, CAST(t.months AS integer), t.situation
  FROM t_followups t JOIN enrolments e ON e.ref = t.enrolment_ref;
CREATE INDEX followups_enrolment ON followups (enrolment_id);

CREATE TABLE acts (action_id integer, person_id integer, on_day date, kind text, quantity integer);
INSERT INTO acts
SELECT a.id, p.id, as_day(t."on"), t.kind, coalesce(CAST(nullif(t.quantity, '') AS integer), 1)
  FROM t_acts t JOIN people p ON p.ref = t.person_ref JOIN actions a ON a.ref = t.action_ref;

CREATE TABLE pairs (action_id integer, person_id integer, started_on date, ended_on date);
INSERT INTO pairs
SELECT a.id, p.id, as_day(t.started_on), as_day(t.ended_on)
  FROM t_pairs t JOIN people p ON p.ref = t.person_ref JOIN actions a ON a.ref = t.action_ref;

CREATE TABLE tools (action_id integer, on_day date, audience text, label text);
INSERT INTO tools
SELECT a.id, as_day(t."on"), t.audience, t.label FROM t_tools t JOIN actions a ON a.ref = t.action_ref;

CREATE TABLE expenses (action_id integer, on_day date, cents bigint, p104_cents bigint);
INSERT INTO expenses
SELECT a.id, as_day(t."on"), CAST(t.cents AS bigint), coalesce(CAST(nullif(t.p104_cents, '') AS bigint), 0)
  FROM t_expenses t JOIN actions a ON a.ref = t.action_ref;

-- in hundredths, exactly
CREATE TABLE aggregates (sheet_id integer, from_day date, to_day date, indicator text, cell text, hundredths integer);
INSERT INTO aggregates
SELECT s.id, as_day(t."from"), as_day(t."to"), t.indicator, t.cell,
       CAST(round(CAST(t.value AS decimal(12, 2)) * 100) AS integer)
  FROM t_aggregates t JOIN sheets s ON s.ref = t.sheet_ref;

CREATE TABLE cohort_members (contract_id integer, person_id integer, joined_on date, left_on date);
INSERT INTO cohort_members
SELECT c.id, p.id, as_day(t.joined_on), as_day(t.left_on)
  FROM t_cohort_members t JOIN people p ON p.ref = t.person_ref JOIN contracts c ON c.ref = t.contract_ref;

CREATE TABLE meetings (contract_id integer, on_day date, state text);
INSERT INTO meetings
SELECT c.id, as_day(t."on"), t.state
  FROM t_meetings t JOIN t_bodies b ON b.ref = t.body_ref JOIN contracts c ON c.ref = b.contract_ref;
