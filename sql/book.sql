-- The records of one contract, as src/figures/book_read.c wants them: every query goes from the contract through its sheets
-- and actions by index, so that its cost follows the contract and never the database. On SQLite "cross join" fixes that way
-- and "indexed by" the index (the planner would rather scan a territory's rows by primary key); PostgreSQL knows better by
-- itself. No query asks for an order: the reader brings the records of an action together, at no cost when they come so.

-- book_contracts() -> territory_id int, id int, ref text, title text, signed_on date, duration_months int, eligible_statuses text
select territory_id, id, ref, title, signed_on, duration_months, eligible_statuses
  from contracts
 order by ref, territory_id;

-- book_sheets(territory int, contract int) -> id int, ref text, number text, title text, kind text, audience text, objective int, objective_actors int, recording text
select id, ref, number, title, kind, audience, objective, objective_actors, recording
  from sheets indexed by sheets_contract
 where territory_id = :territory and contract_id = :contract;

-- book_sheets@postgres
select id, ref, number, title, kind, audience, objective, objective_actors, recording
  from sheets
 where territory_id = :territory and contract_id = :contract;

-- book_actions(territory int, contract int) -> sheet_id int, id int, ref text, title text, audience text, objective int, objective_actors int
select x.sheet_id, x.id, x.ref, x.title, x.audience, x.objective, x.objective_actors
  from sheets h indexed by sheets_contract cross join actions x indexed by actions_sheet
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id;

-- book_actions@postgres
select x.sheet_id, x.id, x.ref, x.title, x.audience, x.objective, x.objective_actors
  from sheets h cross join actions x
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id;

-- book_local_indicators(territory int, contract int) -> indicator text, label text, measure text, match_code text
select indicator, label, measure, match_code
  from local_indicators indexed by local_indicators_key
 where territory_id = :territory and contract_id = :contract;

-- book_local_indicators@postgres
select indicator, label, measure, match_code
  from local_indicators
 where territory_id = :territory and contract_id = :contract;

-- book_sheet_indicators(territory int, contract int) -> sheet_id int, indicator text
select i.sheet_id, i.indicator
  from sheets h indexed by sheets_contract cross join sheet_indicators i indexed by sheet_indicators_key
 where h.territory_id = :territory and h.contract_id = :contract
   and i.territory_id = :territory and i.sheet_id = h.id;

-- book_sheet_indicators@postgres
select i.sheet_id, i.indicator
  from sheets h cross join sheet_indicators i
 where h.territory_id = :territory and h.contract_id = :contract
   and i.territory_id = :territory and i.sheet_id = h.id;

-- book_aggregates(territory int, contract int) -> sheet_id int, from_date date, to_date date, indicator text, cell text, value text
select g.sheet_id, g.from_date, g.to_date, g.indicator, g.cell, g.value
  from sheets h indexed by sheets_contract cross join aggregates g indexed by aggregates_key
 where h.territory_id = :territory and h.contract_id = :contract
   and g.territory_id = :territory and g.sheet_id = h.id;

-- book_aggregates@postgres
select g.sheet_id, g.from_date, g.to_date, g.indicator, g.cell, g.value
  from sheets h cross join aggregates g
 where h.territory_id = :territory and h.contract_id = :contract
   and g.territory_id = :territory and g.sheet_id = h.id;

-- book_pairs(territory int, contract int) -> action_id int, id int, ref text, person_id int, started_on date, ended_on date
select p.action_id, p.id, p.ref, p.person_id, p.started_on, p.ended_on
  from sheets h indexed by sheets_contract cross join actions x indexed by actions_sheet
       cross join pairs p indexed by pairs_action
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and p.territory_id = :territory and p.action_id = x.id;

-- book_pairs@postgres
select p.action_id, p.id, p.ref, p.person_id, p.started_on, p.ended_on
  from sheets h cross join actions x cross join pairs p
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and p.territory_id = :territory and p.action_id = x.id;

-- book_tools(territory int, contract int) -> action_id int, on_date date, audience text, label text
select t.action_id, t.on_date, t.audience, t.label
  from sheets h indexed by sheets_contract cross join actions x indexed by actions_sheet
       cross join tools t indexed by tools_key
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and t.territory_id = :territory and t.action_id = x.id;

-- book_tools@postgres
select t.action_id, t.on_date, t.audience, t.label
  from sheets h cross join actions x cross join tools t
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and t.territory_id = :territory and t.action_id = x.id;

-- book_expenses(territory int, contract int) -> action_id int, id int, ref text, on_date date, cents int, p104_cents int
select p.action_id, p.id, p.ref, p.on_date, p.cents, p.p104_cents
  from sheets h indexed by sheets_contract cross join actions x indexed by actions_sheet
       cross join expenses p indexed by expenses_action
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and p.territory_id = :territory and p.action_id = x.id;

-- book_expenses@postgres
select p.action_id, p.id, p.ref, p.on_date, p.cents, p.p104_cents
  from sheets h cross join actions x cross join expenses p
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and p.territory_id = :territory and p.action_id = x.id;

-- book_meetings(territory int, contract int) -> id int, ref text, on_date date, state text
select m.id, m.ref, m.on_date, m.state
  from bodies b indexed by bodies_contract cross join meetings m indexed by meetings_body
 where b.territory_id = :territory and b.contract_id = :contract
   and m.territory_id = :territory and m.body_id = b.id;

-- book_meetings@postgres
select m.id, m.ref, m.on_date, m.state
  from bodies b cross join meetings m
 where b.territory_id = :territory and b.contract_id = :contract
   and m.territory_id = :territory and m.body_id = b.id;

-- book_cohort_members(territory int, contract int) -> person_id int, joined_on date, left_on date
select person_id, joined_on, left_on
  from cohort_members indexed by cohort_members_contract
 where territory_id = :territory and contract_id = :contract;

-- book_cohort_members@postgres
select person_id, joined_on, left_on
  from cohort_members
 where territory_id = :territory and contract_id = :contract;

-- What is numerous is read as it lies, by stretches of keys: a JSON list of [first, last]. NAME_keys finds the contract's own in
-- an index alone. When they lie together, as an import leaves them, one stretch holds all, with a few others in between;
-- else there are many stretches. NAME_beyond gives a row when more records than so many lie between two keys.
-- The file of a city holds one contract alone: then all that is there is the contract's, and is read without a look at its key,
-- nor at its ref when nobody asked for it (NAME_all).

-- book_others(territory int, contract int) -> other int
select id from contracts where territory_id <> :territory or id <> :contract limit 1;

-- book_enrolments_keys(territory int, contract int) -> id int
select e.id
  from sheets h indexed by sheets_contract cross join actions x indexed by actions_sheet
       cross join enrolments e indexed by enrolments_action
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and e.territory_id = :territory and e.action_id = x.id;

-- book_enrolments_keys@postgres
select e.id
  from sheets h cross join actions x
       cross join enrolments e
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and e.territory_id = :territory and e.action_id = x.id;

-- book_enrolments_beyond(territory int, low int, high int, most int) -> one int
select 1 from enrolments where territory_id = :territory and id between :low and :high limit 1 offset :most;

-- book_enrolments(territory int, stretches text) -> action_id int, id int, ref text, person_id int, state text, entered_on date, left_on date, planned_minutes int, exit_kind text, contract_months text
select e.action_id, e.id, e.ref, e.person_id, e.state, e.entered_on, e.left_on, e.planned_minutes, e.exit_kind, e.contract_months
  from json_each(:stretches) k cross join enrolments e
 where e.territory_id = :territory and e.id between k.value ->> 0 and k.value ->> 1;

-- book_enrolments@postgres
select e.action_id, e.id, e.ref, e.person_id, e.state, e.entered_on, e.left_on, e.planned_minutes, e.exit_kind, e.contract_months
  from json_array_elements(:stretches::json) k cross join enrolments e
 where e.territory_id = :territory and e.id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_sessions_keys(territory int, contract int) -> id int
select s.id
  from sheets h indexed by sheets_contract cross join actions x indexed by actions_sheet
       cross join sessions s indexed by sessions_action
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and s.territory_id = :territory and s.action_id = x.id;

-- book_sessions_keys@postgres
select s.id
  from sheets h cross join actions x
       cross join sessions s
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and s.territory_id = :territory and s.action_id = x.id;

-- book_sessions_beyond(territory int, low int, high int, most int) -> one int
select 1 from sessions where territory_id = :territory and id between :low and :high limit 1 offset :most;

-- book_sessions(territory int, stretches text) -> action_id int, id int, ref text, held_on date, minutes int, kind text, theme text, audience text, state text, civic_themes text, public_count int
select s.action_id, s.id, s.ref, s.held_on, s.minutes, s.kind, s.theme, s.audience, s.state, s.civic_themes, s.public_count
  from json_each(:stretches) k cross join sessions s
 where s.territory_id = :territory and s.id between k.value ->> 0 and k.value ->> 1;

-- book_sessions@postgres
select s.action_id, s.id, s.ref, s.held_on, s.minutes, s.kind, s.theme, s.audience, s.state, s.civic_themes, s.public_count
  from json_array_elements(:stretches::json) k cross join sessions s
 where s.territory_id = :territory and s.id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_acts_keys(territory int, contract int) -> id int
select c.id
  from sheets h indexed by sheets_contract cross join actions x indexed by actions_sheet
       cross join acts c indexed by acts_action
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and c.territory_id = :territory and c.action_id = x.id;

-- book_acts_keys@postgres
select c.id
  from sheets h cross join actions x
       cross join acts c
 where h.territory_id = :territory and h.contract_id = :contract
   and x.territory_id = :territory and x.sheet_id = h.id
   and c.territory_id = :territory and c.action_id = x.id;

-- book_acts_beyond(territory int, low int, high int, most int) -> one int
select 1 from acts where territory_id = :territory and id between :low and :high limit 1 offset :most;

-- book_acts(territory int, stretches text) -> action_id int, id int, ref text, person_id int, on_date date, kind text, quantity int
select c.action_id, c.id, c.ref, c.person_id, c.on_date, c.kind, c.quantity
  from json_each(:stretches) k cross join acts c
 where c.territory_id = :territory and c.id between k.value ->> 0 and k.value ->> 1;

-- book_acts@postgres
select c.action_id, c.id, c.ref, c.person_id, c.on_date, c.kind, c.quantity
  from json_array_elements(:stretches::json) k cross join acts c
 where c.territory_id = :territory and c.id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- The same for what hangs on others: by stretches of the keys of these.

-- book_assessments_keys(territory int, stretches text) -> id int
select a.id
  from json_each(:stretches) k cross join assessments a indexed by assessments_key
 where a.territory_id = :territory and a.enrolment_id between k.value ->> 0 and k.value ->> 1;

-- book_assessments_keys@postgres
select a.id
  from json_array_elements(:stretches::json) k cross join assessments a
 where a.territory_id = :territory and a.enrolment_id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_assessments_beyond(territory int, low int, high int, most int) -> one int
select 1 from assessments where territory_id = :territory and id between :low and :high limit 1 offset :most;

-- book_assessments(territory int, stretches text) -> enrolment_id int, on_date date, moment text, level text
select a.enrolment_id, a.on_date, a.moment, a.level
  from json_each(:stretches) k cross join assessments a
 where a.territory_id = :territory and a.id between k.value ->> 0 and k.value ->> 1;

-- book_assessments@postgres
select a.enrolment_id, a.on_date, a.moment, a.level
  from json_array_elements(:stretches::json) k cross join assessments a
 where a.territory_id = :territory and a.id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_followups_keys(territory int, stretches text) -> id int
select a.id
  from json_each(:stretches) k cross join followups a indexed by followups_key
 where a.territory_id = :territory and a.enrolment_id between k.value ->> 0 and k.value ->> 1;

-- book_followups_keys@postgres
select a.id
  from json_array_elements(:stretches::json) k cross join followups a
 where a.territory_id = :territory and a.enrolment_id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_followups_beyond(territory int, low int, high int, most int) -> one int
select 1 from followups where territory_id = :territory and id between :low and :high limit 1 offset :most;

-- book_followups(territory int, stretches text) -> enrolment_id int, on_date date, months int, situation text
select a.enrolment_id, a.on_date, a.months, a.situation
  from json_each(:stretches) k cross join followups a
 where a.territory_id = :territory and a.id between k.value ->> 0 and k.value ->> 1;

-- book_followups@postgres
select a.enrolment_id, a.on_date, a.months, a.situation
  from json_array_elements(:stretches::json) k cross join followups a
 where a.territory_id = :territory and a.id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_statuses_keys(territory int, stretches text) -> id int
select a.id
  from json_each(:stretches) k cross join statuses a indexed by statuses_key
 where a.territory_id = :territory and a.person_id between k.value ->> 0 and k.value ->> 1;

-- book_statuses_keys@postgres
select a.id
  from json_array_elements(:stretches::json) k cross join statuses a
 where a.territory_id = :territory and a.person_id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_statuses_beyond(territory int, low int, high int, most int) -> one int
select 1 from statuses where territory_id = :territory and id between :low and :high limit 1 offset :most;

-- book_statuses(territory int, stretches text) -> person_id int, status text, since date, until date
select a.person_id, a.status, a.since, a.until
  from json_each(:stretches) k cross join statuses a
 where a.territory_id = :territory and a.id between k.value ->> 0 and k.value ->> 1;

-- book_statuses@postgres
select a.person_id, a.status, a.since, a.until
  from json_array_elements(:stretches::json) k cross join statuses a
 where a.territory_id = :territory and a.id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_attendances(territory int, stretches text) -> session_id int, lines blob
select a.session_id, a.lines
  from json_each(:stretches) k cross join attendances a
 where a.territory_id = :territory and a.session_id between k.value ->> 0 and k.value ->> 1;

-- book_attendances@postgres
select a.session_id, a.lines
  from json_array_elements(:stretches::json) k cross join attendances a
 where a.territory_id = :territory and a.session_id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_trainee_attendances(territory int, stretches text) -> session_id int, lines blob
select a.session_id, a.lines
  from json_each(:stretches) k cross join trainee_attendances a
 where a.territory_id = :territory and a.session_id between k.value ->> 0 and k.value ->> 1;

-- book_trainee_attendances@postgres
select a.session_id, a.lines
  from json_array_elements(:stretches::json) k cross join trainee_attendances a
 where a.territory_id = :territory and a.session_id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_people_beyond(territory int, low int, high int, most int) -> one int
select 1 from people where territory_id = :territory and id between :low and :high limit 1 offset :most;

-- book_people(territory int, stretches text) -> id int, ref text, sex text, birth_date text, household_ref text
select a.id, a.ref, a.sex, a.birth_date, a.household_ref
  from json_each(:stretches) k cross join people a
 where a.territory_id = :territory and a.id between k.value ->> 0 and k.value ->> 1;

-- book_people@postgres
select a.id, a.ref, a.sex, a.birth_date, a.household_ref
  from json_array_elements(:stretches::json) k cross join people a
 where a.territory_id = :territory and a.id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- book_trainees_beyond(territory int, low int, high int, most int) -> one int
select 1 from trainees where territory_id = :territory and id between :low and :high limit 1 offset :most;

-- book_trainees(territory int, stretches text) -> id int, ref text, volunteer int
select a.id, a.ref, a.volunteer
  from json_each(:stretches) k cross join trainees a
 where a.territory_id = :territory and a.id between k.value ->> 0 and k.value ->> 1;

-- book_trainees@postgres
select a.id, a.ref, a.volunteer
  from json_array_elements(:stretches::json) k cross join trainees a
 where a.territory_id = :territory and a.id between (k ->> 0)::bigint and (k ->> 1)::bigint;

-- One contract by its key.
-- book_contract(territory int, contract int) -> ref text, title text, signed_on date, duration_months int, eligible_statuses text
select ref, title, signed_on, duration_months, eligible_statuses
  from contracts
 where territory_id = :territory and id = :contract;

-- What was written since a row of the journal, and that row itself: its hash tells that the past is still the same.
-- book_news(territory int, since int, most int) -> seq int, entity text, record int, part int, action text, hash blob
select seq, entity, record_id, part_id, action, hash
  from journal
 where territory_id = :territory and seq >= :since
 order by seq
 limit :most;

-- Whole tables, for a database that holds one contract: PostgreSQL copies them, which needs no plan and opens no index.

-- book_sheets_all() -> as book_sheets
select id, ref, number, title, kind, audience, objective, objective_actors, recording from sheets;
-- book_sheets_all@postgres
copy sheets (id, ref, number, title, kind, audience, objective, objective_actors, recording) to stdout (format binary);

-- book_actions_all() -> as book_actions
select sheet_id, id, ref, title, audience, objective, objective_actors from actions;
-- book_actions_all@postgres
copy actions (sheet_id, id, ref, title, audience, objective, objective_actors) to stdout (format binary);

-- book_local_indicators_all() -> as book_local_indicators
select indicator, label, measure, match_code from local_indicators;
-- book_local_indicators_all@postgres
copy local_indicators (indicator, label, measure, match_code) to stdout (format binary);

-- book_sheet_indicators_all() -> as book_sheet_indicators
select sheet_id, indicator from sheet_indicators;
-- book_sheet_indicators_all@postgres
copy sheet_indicators (sheet_id, indicator) to stdout (format binary);

-- book_aggregates_all() -> as book_aggregates
select sheet_id, from_date, to_date, indicator, cell, value from aggregates;
-- book_aggregates_all@postgres
copy aggregates (sheet_id, from_date, to_date, indicator, cell, value) to stdout (format binary);

-- book_meetings_all() -> as book_meetings but ref
select id, on_date, state from meetings;
-- book_meetings_all@postgres
copy meetings (id, on_date, state) to stdout (format binary);

-- book_pairs_all() -> as book_pairs but ref
select action_id, id, person_id, started_on, ended_on from pairs;
-- book_pairs_all@postgres
copy pairs (action_id, id, person_id, started_on, ended_on) to stdout (format binary);

-- book_tools_all() -> as book_tools
select action_id, on_date, audience, label from tools;
-- book_tools_all@postgres
copy tools (action_id, on_date, audience, label) to stdout (format binary);

-- book_expenses_all() -> as book_expenses but ref
select action_id, id, on_date, cents, p104_cents from expenses;
-- book_expenses_all@postgres
copy expenses (action_id, id, on_date, cents, p104_cents) to stdout (format binary);

-- book_cohort_members_all() -> as book_cohort_members
select person_id, joined_on, left_on from cohort_members;
-- book_cohort_members_all@postgres
copy cohort_members (person_id, joined_on, left_on) to stdout (format binary);

-- book_enrolments_all() -> as book_enrolments but ref
select action_id, id, person_id, state, entered_on, left_on, planned_minutes, exit_kind, contract_months from enrolments;
-- book_enrolments_all@postgres
copy enrolments (action_id, id, person_id, state, entered_on, left_on, planned_minutes, exit_kind, contract_months) to stdout (format binary);

-- book_sessions_all() -> as book_sessions but ref
select action_id, id, held_on, minutes, kind, theme, audience, state, civic_themes, public_count from sessions;
-- book_sessions_all@postgres
copy sessions (action_id, id, held_on, minutes, kind, theme, audience, state, civic_themes, public_count) to stdout (format binary);

-- book_acts_all() -> as book_acts but ref
select action_id, id, person_id, on_date, kind, quantity from acts;
-- book_acts_all@postgres
copy acts (action_id, id, person_id, on_date, kind, quantity) to stdout (format binary);

-- book_assessments_all() -> as book_assessments
select enrolment_id, on_date, moment, level from assessments;
-- book_assessments_all@postgres
copy assessments (enrolment_id, on_date, moment, level) to stdout (format binary);

-- book_followups_all() -> as book_followups
select enrolment_id, on_date, months, situation from followups;
-- book_followups_all@postgres
copy followups (enrolment_id, on_date, months, situation) to stdout (format binary);

-- book_statuses_all() -> as book_statuses
select person_id, status, since, until from statuses;
-- book_statuses_all@postgres
copy statuses (person_id, status, since, until) to stdout (format binary);

-- book_attendances_all() -> as book_attendances
select session_id, lines from attendances;
-- book_attendances_all@postgres
copy attendances (session_id, lines) to stdout (format binary);

-- book_trainee_attendances_all() -> as book_trainee_attendances
select session_id, lines from trainee_attendances;
-- book_trainee_attendances_all@postgres
copy trainee_attendances (session_id, lines) to stdout (format binary);

-- book_people_all() -> as book_people but ref
select id, sex, birth_date, household_ref from people;
-- book_people_all@postgres
copy people (id, sex, birth_date, household_ref) to stdout (format binary);

-- book_trainees_all() -> as book_trainees but ref
select id, volunteer from trainees;
-- book_trainees_all@postgres
copy trainees (id, volunteer) to stdout (format binary);
