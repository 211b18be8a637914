-- rules.sql - all the rules of the indicators as plain SQL: what a careful analyst would write by hand.
--
-- From the tables of load.sql it gives the lines scope, ref, indicator, cell, achieved, note of every indicator, for
-- every sheet and action and for all the contracts at once.
-- Left out, being no more than looked up: the columns objective and unit.
--
-- One text for SQLite, PostgreSQL and DuckDB: script/bench keeps the lines that start with --sqlite, --pg or
-- --duckdb for the engine named.  turns_25(day) is the 25th birthday of somebody born that day.

--pg     SET work_mem = '512MB';
--pg     SET jit = off;

CREATE TEMP TABLE period AS SELECT as_day('FROM') AS first, as_day('TO') AS last;

-- Scopes: the actions of nominal sheets, every sheet, every contract.  people: figures of people come from records.
CREATE TEMP TABLE scopes AS
SELECT row_number() OVER (ORDER BY kind, id) AS scope_id, kind, ref, contract_id, sheet_id, people, k.id
  FROM (SELECT 'action' AS kind, a.id, a.ref, s.contract_id, s.id AS sheet_id, 1 AS people
          FROM actions a JOIN sheets s ON s.id = a.sheet_id WHERE s.recording = 'nominal'
        UNION ALL
        SELECT 'sheet', id, ref, contract_id, id, CASE recording WHEN 'nominal' THEN 1 ELSE 0 END FROM sheets
        UNION ALL
        SELECT 'contract', id, ref, id, NULL, 1 FROM contracts) k;

CREATE TEMP TABLE scope_actions AS
SELECT c.scope_id, c.contract_id, c.people, a.id AS action_id
  FROM scopes c JOIN actions a ON a.id = c.id WHERE c.kind = 'action'
UNION ALL
SELECT c.scope_id, c.contract_id, c.people, a.id
  FROM scopes c JOIN actions a ON a.sheet_id = c.id WHERE c.kind = 'sheet';
--sqlite CREATE INDEX scope_actions_action ON scope_actions (action_id);
ANALYZE scope_actions;
--pg     ANALYZE scopes;

-- The sessions that count.
CREATE TEMP TABLE held AS
SELECT s.id, s.action_id, s.held_on, s.minutes, s.kind, s.theme, s.audience, s.civic_themes, s.public_count
  FROM period, sessions s WHERE s.state = 'held' AND s.held_on BETWEEN first AND last;
ANALYZE held;

-- Evidence of benefit, and its earliest date in each scope.
CREATE TEMP TABLE evidence AS
SELECT action_id, person_id, min(since) AS since
  FROM (SELECT action_id, person_id, CASE WHEN entered_on > first THEN entered_on ELSE first END AS since
          FROM enrolments, period
         WHERE state = 'active' AND entered_on <= last AND (left_on IS NULL OR left_on >= first)
        UNION ALL
        SELECT s.action_id, a.person_id, min(s.held_on)
          FROM held s JOIN attendances a ON a.session_id = s.id
         WHERE s.audience <> 'actors' AND a.minutes > 0
         GROUP BY s.action_id, a.person_id
        UNION ALL
        SELECT action_id, person_id, on_day FROM acts, period WHERE on_day BETWEEN first AND last
        UNION ALL
        SELECT action_id, person_id, CASE WHEN started_on > first THEN started_on ELSE first END
          FROM pairs, period WHERE started_on <= last AND (ended_on IS NULL OR ended_on >= first)) e
 GROUP BY action_id, person_id;

CREATE TEMP TABLE benefits AS
SELECT c.scope_id, e.person_id, min(e.since) AS since, count(*) AS actions
  FROM evidence e JOIN scope_actions c ON c.action_id = e.action_id
 WHERE c.people = 1
 GROUP BY c.scope_id, e.person_id
UNION ALL
SELECT c.scope_id, e.person_id, min(e.since), count(*)
  FROM evidence e JOIN actions a ON a.id = e.action_id JOIN sheets s ON s.id = a.sheet_id
  JOIN scopes c ON c.kind = 'contract' AND c.contract_id = s.contract_id
 GROUP BY c.scope_id, e.person_id;
ANALYZE evidence;
ANALYZE benefits;

-- Eligible: a status that has begun by the end of P (which is so of any reference date) and lasts to that date.
CREATE TEMP TABLE standings AS
SELECT b.contract_id, b.person_id, p.sex, turns_25(p.birth_date) AS grown_on, p.household_ref,
       b.eligible_until, b.bpi_until
  FROM (SELECT k.contract_id, s.person_id, max(coalesce(s.until, last)) AS eligible_until,
               max(CASE WHEN k.bpi = 1 THEN coalesce(s.until, last) END) AS bpi_until
          FROM period, statuses s JOIN eligible_statuses k ON k.status = s.status
          JOIN scopes c ON c.kind = 'contract' AND c.contract_id = k.contract_id
          JOIN benefits b ON b.scope_id = c.scope_id AND b.person_id = s.person_id
         WHERE s.since <= last
         GROUP BY k.contract_id, s.person_id) b
  JOIN people p ON p.id = b.person_id;
--sqlite CREATE UNIQUE INDEX standings_person ON standings (person_id, contract_id);
ANALYZE standings;

CREATE TEMP TABLE eligible AS
SELECT b.scope_id, b.person_id, b.actions, s.sex, s.household_ref,
       CASE WHEN s.grown_on > b.since THEN 1 ELSE 0 END AS under25,
       CASE WHEN s.bpi_until >= b.since THEN 1 ELSE 0 END AS bpi
  FROM benefits b JOIN scopes c ON c.scope_id = b.scope_id
  JOIN standings s ON s.person_id = b.person_id AND s.contract_id = c.contract_id
 WHERE s.eligible_until >= b.since;
--sqlite CREATE UNIQUE INDEX eligible_key ON eligible (scope_id, person_id);
ANALYZE eligible;
--pg     CREATE UNIQUE INDEX eligible_key ON eligible (scope_id, person_id);

-- The figures of records, where they are not 0: hours and months in hundredths, money in cents.
CREATE TEMP TABLE numbers (scope_id integer, indicator text, cell text, n bigint);
CREATE TEMP TABLE texts (scope_id integer, indicator text, t text);

INSERT INTO numbers
SELECT scope_id, '1.1.beneficiaries', cell,
       CASE cell WHEN 'total' THEN total WHEN 'men' THEN men WHEN 'women' THEN women WHEN 'under25' THEN under25
                 WHEN 'bpi' THEN bpi WHEN 'bpi_men' THEN bpi_men WHEN 'bpi_women' THEN bpi_women ELSE bpi_under25 END
  FROM (SELECT scope_id, count(*) AS total, sum(under25) AS under25, sum(bpi) AS bpi, sum(bpi * under25) AS bpi_under25,
               sum(CASE sex WHEN 'M' THEN 1 ELSE 0 END) AS men, sum(CASE sex WHEN 'F' THEN 1 ELSE 0 END) AS women,
               sum(CASE sex WHEN 'M' THEN bpi ELSE 0 END) AS bpi_men, sum(CASE sex WHEN 'F' THEN bpi ELSE 0 END) AS bpi_women
          FROM eligible GROUP BY scope_id) e,
       (SELECT 'total' AS cell UNION ALL SELECT 'men' UNION ALL SELECT 'women' UNION ALL SELECT 'under25'
        UNION ALL SELECT 'bpi' UNION ALL SELECT 'bpi_men' UNION ALL SELECT 'bpi_women' UNION ALL SELECT 'bpi_under25') cells;

CREATE TEMP TABLE trained AS
SELECT DISTINCT c.scope_id, t.id AS trainee_id, t.volunteer
  FROM held s JOIN trainee_attendances a ON a.session_id = s.id JOIN trainees t ON t.id = a.trainee_id
  JOIN scope_actions c ON c.action_id = s.action_id
 WHERE s.audience = 'actors' AND s.kind = 'training' AND a.minutes > 0 AND c.people = 1;
INSERT INTO numbers SELECT scope_id, '1.2.trained', 'total', count(*) FROM trained GROUP BY scope_id;

INSERT INTO numbers
SELECT scope_id, indicator, 'total', (CAST(sum(minutes) AS bigint) * 10 + 3) / 6
  FROM (SELECT c.scope_id, s.minutes,
               CASE WHEN s.audience = 'actors' THEN '1.2.hours'
                    WHEN s.audience = 'newcomers' AND s.theme = 'language' THEN '3.1.hours'
                    WHEN s.audience = 'newcomers' AND s.theme = 'civic' THEN '3.3.hours'
                    WHEN s.audience = 'newcomers' AND s.theme = 'digital' THEN '3.6.hours' END AS indicator
          FROM held s JOIN scope_actions c ON c.action_id = s.action_id
         WHERE s.kind = 'training' AND c.people = 1) h
 WHERE indicator IS NOT NULL
 GROUP BY scope_id, indicator;

INSERT INTO texts
SELECT scope_id, indicator, t
  FROM (SELECT scope_id, CASE audience WHEN 'actors' THEN '1.2.tools' ELSE '3.3.tools' END AS indicator,
               group_concat(label, '; ') OVER (PARTITION BY scope_id, audience ORDER BY on_day, label
                   ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS t,
               row_number() OVER (PARTITION BY scope_id, audience) AS place
          FROM period, tools t JOIN scope_actions c ON c.action_id = t.action_id
         WHERE on_day BETWEEN first AND last) w
 WHERE place = 1;

CREATE TEMP TABLE spent AS
SELECT c.scope_id, sum(x.cents) AS cents, sum(x.p104_cents) AS p104_cents
  FROM period, expenses x JOIN scope_actions c ON c.action_id = x.action_id
 WHERE x.on_day BETWEEN first AND last
 GROUP BY c.scope_id;
INSERT INTO numbers SELECT scope_id, '2.cost', 'total', cents FROM spent;
INSERT INTO numbers SELECT scope_id, '2.p104', 'total', p104_cents FROM spent;

CREATE TEMP TABLE present AS
SELECT e.id, e.action_id, e.person_id, e.planned_minutes, e.entered_on,
       CASE WHEN e.left_on < last THEN e.left_on ELSE last END AS last_on
  FROM period, enrolments e
 WHERE e.state = 'active' AND e.entered_on <= last AND (e.left_on IS NULL OR e.left_on >= first);
ANALYZE present;
-- Minutes attended: SQLite goes from an enrolment to its person's attendances, the others hash.
CREATE TEMP TABLE assiduous AS
--pg,duckdb WITH trainings AS MATERIALIZED (
--pg,duckdb     SELECT s.action_id, a.person_id, s.held_on, a.minutes
--pg,duckdb       FROM sessions s JOIN attendances a ON a.session_id = s.id
--pg,duckdb      WHERE s.state = 'held' AND s.kind = 'training')
SELECT e.id, e.action_id, e.person_id
--pg,duckdb   FROM present e JOIN trainings t ON t.action_id = e.action_id AND t.person_id = e.person_id
--pg,duckdb  WHERE e.planned_minutes > 0 AND t.held_on BETWEEN e.entered_on AND e.last_on
--sqlite   FROM present e CROSS JOIN attendances t CROSS JOIN sessions s
--sqlite  WHERE e.planned_minutes > 0 AND t.person_id = e.person_id AND s.id = t.session_id AND s.action_id = e.action_id
--sqlite    AND s.state = 'held' AND s.kind = 'training' AND s.held_on BETWEEN e.entered_on AND e.last_on
 GROUP BY e.id, e.action_id, e.person_id, e.planned_minutes
HAVING sum(t.minutes) * 100 >= 80 * e.planned_minutes;
INSERT INTO numbers
SELECT c.scope_id, '3.1.assiduous', 'total', count(DISTINCT e.person_id)
  FROM assiduous e JOIN scope_actions c ON c.action_id = e.action_id
  JOIN eligible p ON p.scope_id = c.scope_id AND p.person_id = e.person_id
 GROUP BY c.scope_id;

CREATE TEMP TABLE ranked AS
SELECT enrolment_id, on_day, moment, CASE level WHEN 'A1' THEN 1 WHEN 'A2' THEN 2 WHEN 'B1' THEN 3 WHEN 'B2' THEN 4
                                                WHEN 'C1' THEN 5 WHEN 'C2' THEN 6 ELSE 0 END AS rank_number
  FROM assessments;
CREATE TEMP TABLE rose AS
SELECT entry.enrolment_id
  FROM (SELECT enrolment_id, on_day, rank_number,
               row_number() OVER (PARTITION BY enrolment_id ORDER BY on_day) AS place
          FROM ranked WHERE moment = 'entry') entry
  JOIN (SELECT enrolment_id, on_day, rank_number,
               row_number() OVER (PARTITION BY enrolment_id ORDER BY on_day DESC, moment) AS place
          FROM period, ranked WHERE moment <> 'entry' AND on_day <= last) latest
    ON latest.enrolment_id = entry.enrolment_id AND latest.place = 1
 WHERE entry.place = 1 AND latest.on_day >= entry.on_day AND latest.rank_number > entry.rank_number;
ANALYZE rose;
INSERT INTO numbers
SELECT c.scope_id, '3.1.progress', 'total', count(DISTINCT e.person_id)
  FROM rose r JOIN present e ON e.id = r.enrolment_id JOIN scope_actions c ON c.action_id = e.action_id
  JOIN eligible p ON p.scope_id = c.scope_id AND p.person_id = e.person_id
 GROUP BY c.scope_id;

CREATE TEMP TABLE leavers AS
SELECT c.scope_id, e.person_id, e.left_on - e.entered_on AS days, e.exit,
       CASE WHEN e.exit = 'employment' AND (e.permanent = 1 OR e.contract_months > 6) THEN 1 ELSE 0 END AS durable,
       f.situation
  FROM period, enrolments e JOIN scope_actions c ON c.action_id = e.action_id
  JOIN eligible p ON p.scope_id = c.scope_id AND p.person_id = e.person_id
  LEFT JOIN followups f ON f.enrolment_id = e.id AND f.months = 6
 WHERE e.state = 'active' AND e.left_on BETWEEN first AND last;
INSERT INTO numbers
SELECT scope_id, '3.2.months', 'total', (CAST(sum(days) AS bigint) * 9600 + count(*) * 1461) / (2 * 1461 * count(*))
  FROM leavers GROUP BY scope_id;
INSERT INTO numbers
SELECT scope_id, '3.2.positive', 'total', count(DISTINCT person_id)
  FROM leavers WHERE exit IN ('employment', 'training') GROUP BY scope_id;
INSERT INTO numbers
SELECT scope_id, '3.2.training', 'total', count(DISTINCT person_id)
  FROM leavers WHERE exit = 'training' GROUP BY scope_id;
INSERT INTO numbers
SELECT scope_id, '3.2.durable', 'total', count(DISTINCT person_id) FROM leavers WHERE durable = 1 GROUP BY scope_id;
INSERT INTO numbers
SELECT scope_id, '3.2.six_months', 'total', count(DISTINCT person_id)
  FROM leavers WHERE exit IN ('employment', 'training') AND situation IN ('employment', 'training') GROUP BY scope_id;
INSERT INTO numbers
SELECT scope_id, '3.2.six_months', 'not_followed', count(*)
  FROM (SELECT scope_id, person_id FROM leavers WHERE exit IN ('employment', 'training')
         GROUP BY scope_id, person_id HAVING count(situation) = 0) n
 GROUP BY scope_id;

INSERT INTO texts
SELECT scope_id, '3.3.themes',
       substr(CASE sum(CASE WHEN t LIKE '%;laicite;%' THEN 1 ELSE 0 END) WHEN 0 THEN '' ELSE ';laicite' END
           || CASE sum(CASE WHEN t LIKE '%;equality;%' THEN 1 ELSE 0 END) WHEN 0 THEN '' ELSE ';equality' END
           || CASE sum(CASE WHEN t LIKE '%;citizenship;%' THEN 1 ELSE 0 END) WHEN 0 THEN '' ELSE ';citizenship' END
           || CASE sum(CASE WHEN t LIKE '%;parenthood;%' THEN 1 ELSE 0 END) WHEN 0 THEN '' ELSE ';parenthood' END
           || CASE sum(CASE WHEN t LIKE '%;host_society;%' THEN 1 ELSE 0 END) WHEN 0 THEN '' ELSE ';host_society' END
           || CASE sum(CASE WHEN t LIKE '%;other;%' THEN 1 ELSE 0 END) WHEN 0 THEN '' ELSE ';other' END, 2)
  FROM (SELECT c.scope_id, ';' || s.civic_themes || ';' AS t
          FROM held s JOIN scope_actions c ON c.action_id = s.action_id
         WHERE s.theme = 'civic') h
 GROUP BY scope_id;

-- Acts; eligible: of a person eligible in the scope.
CREATE TEMP TABLE used AS
SELECT c.scope_id, c.contract_id, a.kind, a.quantity, a.person_id, p.household_ref,
       CASE WHEN p.person_id IS NULL THEN 0 ELSE 1 END AS eligible
  FROM period, acts a JOIN scope_actions c ON c.action_id = a.action_id
  LEFT JOIN eligible p ON p.scope_id = c.scope_id AND p.person_id = a.person_id
 WHERE a.on_day BETWEEN first AND last AND c.people = 1;
INSERT INTO numbers
SELECT scope_id, '3.4.households', 'total', count(DISTINCT coalesce('h' || household_ref, 'p' || person_id))
  FROM used WHERE kind = 'housing_access' AND eligible = 1 GROUP BY scope_id;
INSERT INTO numbers
SELECT scope_id, CASE kind WHEN 'device_loan' THEN '3.6.devices' ELSE '3.5.consultations' END, 'total', sum(quantity)
  FROM used WHERE kind IN ('medical_consultation', 'device_loan') AND eligible = 1 GROUP BY scope_id, kind;
INSERT INTO numbers
SELECT u.scope_id, l.indicator, 'total',
       CASE l.measure WHEN 'acts' THEN sum(u.quantity) ELSE count(DISTINCT CASE u.eligible WHEN 1 THEN u.person_id END) END
  FROM used u JOIN local_indicators l ON l.contract_id = u.contract_id AND l.act_or_session = u.kind
 WHERE l.measure IN ('acts', 'persons_with_act') GROUP BY u.scope_id, l.indicator, l.measure;

INSERT INTO numbers
SELECT c.scope_id, '3.7.pairs', 'total', count(*)
  FROM period, pairs a JOIN scope_actions c ON c.action_id = a.action_id
  JOIN eligible p ON p.scope_id = c.scope_id AND p.person_id = a.person_id
 WHERE a.started_on BETWEEN first AND last
 GROUP BY c.scope_id;

INSERT INTO numbers
SELECT c.scope_id, CASE s.kind WHEN 'sport_event' THEN '3.8.sport' ELSE '3.8.culture' END, 'total', count(DISTINCT s.id)
  FROM held s JOIN scope_actions c ON c.action_id = s.action_id
  JOIN attendances a ON a.session_id = s.id
  JOIN eligible p ON p.scope_id = c.scope_id AND p.person_id = a.person_id
 WHERE s.kind IN ('sport_event', 'culture_event') AND a.minutes > 0
 GROUP BY c.scope_id, s.kind;

-- Local indicators of sessions, trainees, meetings.
CREATE TEMP TABLE crowds AS
SELECT c.scope_id, l.indicator, l.measure, coalesce(s.public_count, 0)
           + (SELECT count(*) FROM attendances a WHERE a.session_id = s.id AND a.minutes > 0)
           + (SELECT count(*) FROM trainee_attendances a WHERE a.session_id = s.id AND a.minutes > 0) AS present
  FROM held s JOIN scope_actions c ON c.action_id = s.action_id
  JOIN local_indicators l ON l.contract_id = c.contract_id AND l.act_or_session = s.kind
 WHERE l.measure IN ('sessions', 'session_participants') AND c.people = 1;
INSERT INTO numbers
SELECT scope_id, indicator, 'total', sum(CASE measure WHEN 'sessions' THEN 1 ELSE present END)
  FROM crowds GROUP BY scope_id, indicator;
INSERT INTO numbers
SELECT t.scope_id, l.indicator, 'total', sum(t.volunteer)
  FROM trained t JOIN scopes c ON c.scope_id = t.scope_id JOIN local_indicators l ON l.contract_id = c.contract_id
 WHERE l.measure = 'volunteers_trained' GROUP BY t.scope_id, l.indicator;
INSERT INTO numbers
SELECT c.scope_id, l.indicator, 'total', count(*)
  FROM period, meetings m JOIN scopes c ON c.contract_id = m.contract_id
  JOIN local_indicators l ON l.contract_id = c.contract_id
 WHERE l.measure = 'meetings' AND m.state = 'held' AND m.on_day BETWEEN first AND last AND c.people = 1
 GROUP BY c.scope_id, l.indicator;

-- Cohorts.
INSERT INTO numbers
SELECT c.scope_id, 'cohort.enlarged', 'total', count(*)
  FROM eligible e JOIN scopes c ON c.scope_id = e.scope_id WHERE c.kind = 'contract' GROUP BY c.scope_id;
INSERT INTO numbers
SELECT c.scope_id, 'cohort.two_actions', 'total', count(*)
  FROM eligible e JOIN scopes c ON c.scope_id = e.scope_id WHERE c.kind = 'contract' AND e.actions >= 2
 GROUP BY c.scope_id;
INSERT INTO numbers
SELECT c.scope_id, 'cohort.restricted', 'total', count(DISTINCT m.person_id)
  FROM period, cohort_members m JOIN scopes c ON c.kind = 'contract' AND c.contract_id = m.contract_id
 WHERE m.joined_on <= last AND (m.left_on IS NULL OR m.left_on >= first)
 GROUP BY c.scope_id;

-- What an operator sent: for aggregate sheets, and for declared indicators.
CREATE TEMP TABLE sent AS
SELECT c.scope_id, g.indicator, g.cell, CAST(sum(g.hundredths) AS bigint) AS hundredths
  FROM period, aggregates g JOIN scopes c ON c.kind = 'sheet' AND c.sheet_id = g.sheet_id
 WHERE g.from_day >= first AND g.to_day <= last
 GROUP BY c.scope_id, g.indicator, g.cell;

-- The lines.  source: r records; s what was sent; t texts; x records, for every sheet.
CREATE TEMP TABLE directory (indicator text, cell text, unit text, source text);
INSERT INTO directory VALUES
    ('1.1.beneficiaries', 'men', 'count', 'r'),
    ('1.1.beneficiaries', 'total', 'count', 'r'),
    ('1.1.beneficiaries', 'women', 'count', 'r'),
    ('1.1.beneficiaries', 'under25', 'count', 'r'),
    ('1.1.beneficiaries', 'bpi', 'count', 'r'),
    ('1.1.beneficiaries', 'bpi_men', 'count', 'r'),
    ('1.1.beneficiaries', 'bpi_women', 'count', 'r'),
    ('1.1.beneficiaries', 'bpi_under25', 'count', 'r'),
    ('1.2.trained', 'total', 'count', 'r'),
    ('1.2.hours', 'total', 'hours', 'r'),
    ('1.2.tools', 'text', 'text', 't'),
    ('2.cost', 'total', 'euros', 'x'),
    ('2.p104', 'total', 'euros', 'x'),
    ('3.1.hours', 'total', 'hours', 'r'),
    ('3.1.assiduous', 'total', 'count', 'r'),
    ('3.1.progress', 'total', 'count', 'r'),
    ('3.2.months', 'total', 'months', 'r'),
    ('3.2.positive', 'total', 'count', 'r'),
    ('3.2.training', 'total', 'count', 'r'),
    ('3.2.durable', 'total', 'count', 'r'),
    ('3.2.six_months', 'total', 'count', 'r'),
    ('3.3.hours', 'total', 'hours', 'r'),
    ('3.3.tools', 'text', 'text', 't'),
    ('3.3.themes', 'text', 'text', 't'),
    ('3.4.households', 'total', 'count', 'r'),
    ('3.5.consultations', 'total', 'count', 'r'),
    ('3.6.devices', 'total', 'count', 'r'),
    ('3.6.hours', 'total', 'hours', 'r'),
    ('3.7.pairs', 'total', 'count', 'r'),
    ('3.8.sport', 'total', 'count', 'r'),
    ('3.8.culture', 'total', 'count', 'r'),
    ('cohort.enlarged', 'total', 'count', 'r'),
    ('cohort.two_actions', 'total', 'count', 'r'),
    ('cohort.restricted', 'total', 'count', 'r');
CREATE TEMP TABLE wanted AS
SELECT c.scope_id, c.kind, c.ref, c.people, d.indicator, d.cell, d.unit, d.source
  FROM scopes c JOIN directory d ON (c.kind = 'contract') = (d.indicator LIKE 'cohort.%')
UNION ALL
SELECT c.scope_id, c.kind, c.ref, c.people, l.indicator, 'total', 'count', CASE l.measure WHEN 'declared' THEN 's' ELSE 'r' END
  FROM scopes c JOIN local_indicators l ON l.contract_id = c.contract_id WHERE c.kind <> 'contract';

CREATE TEMP TABLE achieved AS
SELECT d.kind, d.ref, d.indicator, d.cell, d.unit, t.t,
       CASE WHEN d.indicator = '3.2.six_months' AND d.people = 1 THEN coalesce(w.n, 0) END AS not_followed,
       CASE WHEN d.source = 'x' THEN coalesce(n.n, 0)
            WHEN d.source = 's' OR d.people = 0 THEN CASE d.unit WHEN 'count' THEN s.hundredths / 100 ELSE s.hundredths END
            WHEN d.unit = 'months' THEN n.n
            ELSE coalesce(n.n, 0) END AS n
  FROM wanted d
  LEFT JOIN numbers n ON n.scope_id = d.scope_id AND n.indicator = d.indicator AND n.cell = d.cell
  LEFT JOIN numbers w ON w.scope_id = d.scope_id AND w.indicator = d.indicator AND w.cell = 'not_followed'
  LEFT JOIN texts t ON t.scope_id = d.scope_id AND t.indicator = d.indicator
  LEFT JOIN sent s ON s.scope_id = d.scope_id AND s.indicator = d.indicator AND s.cell = d.cell;

--duckdb COPY (
SELECT kind AS scope, ref, indicator, cell,
       CASE WHEN unit = 'text' THEN coalesce(t, '')
            WHEN n IS NULL THEN ''
            WHEN unit = 'count' THEN CAST(n AS text)
            WHEN unit = 'euros' OR n % 10 <> 0 THEN (n / 100) || '.' || (n % 100 / 10) || (n % 10)
            WHEN n % 100 <> 0 THEN (n / 100) || '.' || (n % 100 / 10)
            ELSE CAST(n / 100 AS text) END AS achieved,
       coalesce('not_followed=' || not_followed, '') AS note
  FROM achieved
 ORDER BY scope, ref, indicator, cell
--duckdb ) TO 'OUT' (HEADER)
;
