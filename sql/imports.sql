-- Files on their way into the records.

-- import_row_add(territory int, id int, account int, kind text, state text, doing text, job int, file text, name text, bytes int, at_ms int)
insert into imports (territory_id, id, account_id, kind, state, doing, job_id, version, file, name, bytes, sheet, new_people, made_ms,
       changed_ms)
values (:territory, :id, :account, :kind, :state, :doing, :job, 1, :file, :name, :bytes, 0, 0, :at_ms, :at_ms);

-- import_row_put(territory int, id int, state text, doing text, job int, version int, file text, sheet int, rows_are text,
--     organisation int, action int, columns text, entered_on date, minutes int, session_kind text, act text, from_date date,
--     to_date date, new_people int, message text, report text, at_ms int)
update imports
   set state = :state, doing = :doing, job_id = :job, version = :version, file = :file, sheet = :sheet, rows_are = :rows_are,
       organisation_id = :organisation, action_id = :action, columns = :columns, entered_on = :entered_on, minutes = :minutes,
       session_kind = :session_kind, act = :act, from_date = :from_date, to_date = :to_date, new_people = :new_people,
       message = :message, report = :report, changed_ms = :at_ms
 where territory_id = :territory and id = :id;

-- import_by_id(territory int, id int) -> territory int, id int, account int, kind text, state text, doing text, job int, version int,
--     file text, name text, bytes int, sheet int, rows_are text, organisation int, organisation_ref text, organisation_name text,
--     action int, action_ref text, action_title text, columns text, entered_on date, minutes int, session_kind text, act text,
--     from_date date, to_date date, new_people int, message text, report text, made_ms int, changed_ms int, who text
select i.territory_id, i.id, i.account_id, i.kind, i.state, i.doing, i.job_id, i.version, i.file, i.name, i.bytes, i.sheet, i.rows_are,
       i.organisation_id, o.ref, o.name, i.action_id, a.ref, a.title, i.columns, i.entered_on, i.minutes, i.session_kind, i.act,
       i.from_date, i.to_date, i.new_people, i.message, i.report, i.made_ms, i.changed_ms, c.name
  from imports i
  left join organisations o on o.territory_id = i.territory_id and o.id = i.organisation_id
  left join actions a on a.territory_id = i.territory_id and a.id = i.action_id
  left join accounts c on c.territory_id = i.territory_id and c.id = i.account_id
 where i.territory_id = :territory and i.id = :id;

-- of all, or of one account and of an organisation; those that came to nothing are not listed; the newest first
-- imports_newest(territory int, account int, organisation int, most int) -> as import_by_id
select i.territory_id, i.id, i.account_id, i.kind, i.state, i.doing, i.job_id, i.version, i.file, i.name, i.bytes, i.sheet, i.rows_are,
       i.organisation_id, o.ref, o.name, i.action_id, a.ref, a.title, i.columns, i.entered_on, i.minutes, i.session_kind, i.act,
       i.from_date, i.to_date, i.new_people, i.message, i.report, i.made_ms, i.changed_ms, c.name
  from imports i
  left join organisations o on o.territory_id = i.territory_id and o.id = i.organisation_id
  left join actions a on a.territory_id = i.territory_id and a.id = i.action_id
  left join accounts c on c.territory_id = i.territory_id and c.id = i.account_id
 where i.territory_id = :territory and i.state <> 'dropped'
   and (cast(:organisation as bigint) is null or i.account_id = :account or (i.organisation_id = :organisation and i.state = 'done'))
 order by i.id desc limit :most;

-- import_last(territory int) -> id int
select max(id) from imports where territory_id = :territory;

-- imports_open_of(territory int, account int) -> n int
select count(*) from imports where territory_id = :territory and account_id = :account and state not in ('done', 'dropped');

-- what stands in the data folder for too long, of all territories
-- imports_stale(before_ms int) -> territory int, id int, account int, file text, state text
select territory_id, id, account_id, file, state from imports where file is not null and changed_ms < :before_ms order by territory_id, id;

-- import_forget_file(territory int, id int, state text)
update imports set file = null, doing = null, state = :state, version = version + 1 where territory_id = :territory and id = :id;

-- imports_purge(before_ms int)
delete from imports where changed_ms < :before_ms;

-- a territory of the keeper, by which importers find it
-- territory_ref(territory int) -> ref text
select ref from territories where territory_id = :territory order by id limit 1;
