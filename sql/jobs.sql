-- Long work: what waits, what is under way, what came of it.

-- job_insert(territory int, id int, account int, kind text, language text, parameters text, place text, at_ms int)
insert into jobs (territory_id, id, account_id, kind, language, state, stop, tries, done, total, parameters, place, made_ms)
values (:territory, :id, :account, :kind, :language, 'waiting', 0, 0, 0, 0, :parameters, :place, :at_ms);

-- job_by_id(territory int, id int) -> territory int, id int, account int, kind text, language text, state text, stop int, tries int, done int,
--     total int, parameters text, result text, message text, place text, made_ms int, started_ms int, told_ms int, ended_ms int
select territory_id, id, account_id, kind, language, state, stop, tries, done, total, parameters, result, message, place, made_ms,
       started_ms, told_ms, ended_ms
  from jobs where territory_id = :territory and id = :id;

-- the newest first
-- jobs_newest(territory int, most int) -> as job_by_id
select territory_id, id, account_id, kind, language, state, stop, tries, done, total, parameters, result, message, place, made_ms,
       started_ms, told_ms, ended_ms
  from jobs where territory_id = :territory order by id desc limit :most;

-- job_last_of_kind(territory int, kind text, state text) -> as job_by_id
select territory_id, id, account_id, kind, language, state, stop, tries, done, total, parameters, result, message, place, made_ms,
       started_ms, told_ms, ended_ms
  from jobs where territory_id = :territory and kind = :kind and state = :state order by id desc limit 1;

-- of all territories: there is one job process
-- job_first_waiting() -> as job_by_id
select territory_id, id, account_id, kind, language, state, stop, tries, done, total, parameters, result, message, place, made_ms,
       started_ms, told_ms, ended_ms
  from jobs where state = 'waiting' order by made_ms, territory_id, id limit 1;

-- job_started(territory int, id int, at_ms int, tries int)
update jobs set state = 'running', started_ms = :at_ms, told_ms = :at_ms, tries = :tries, done = 0, total = 0, stop = 0
 where territory_id = :territory and id = :id;

-- job_told(territory int, id int, done int, total int, at_ms int)
update jobs set done = :done, total = :total, told_ms = :at_ms
 where territory_id = :territory and id = :id and state = 'running';

-- job_ended(territory int, id int, state text, message text, result text, place text, at_ms int)
update jobs set state = :state, message = :message, result = :result, place = :place, ended_ms = :at_ms
 where territory_id = :territory and id = :id;

-- job_waits_again(territory int, id int, tries int)
update jobs set state = 'waiting', tries = :tries, done = 0, total = 0, started_ms = null, told_ms = null
 where territory_id = :territory and id = :id;

-- one that waits is over at once; one that runs looks now and then
-- job_stop_asked(territory int, id int, at_ms int)
update jobs set stop = 1, state = case when state = 'waiting' then 'stopped' else state end,
       ended_ms = case when state = 'waiting' then :at_ms else ended_ms end
 where territory_id = :territory and id = :id and state in ('waiting', 'running');

-- job_is_stopped(territory int, id int) -> stop int
select stop from jobs where territory_id = :territory and id = :id;

-- left under way by a process that is gone
-- job_left(told_before int) -> as job_by_id
select territory_id, id, account_id, kind, language, state, stop, tries, done, total, parameters, result, message, place, made_ms,
       started_ms, told_ms, ended_ms
  from jobs where state = 'running' and told_ms < :told_before order by territory_id, id limit 1;

-- but the last of each kind that ended well: its page says when that was
-- jobs_purge(territory int, ended_before int)
delete from jobs
 where territory_id = :territory and ended_ms < :ended_before
   and id not in (select max(k.id) from jobs k where k.territory_id = :territory and k.state = 'done' group by k.kind);
