-- What is due, as far as it does not stand in memory: a few rows by index.

-- due_referred(territory int, organisation int) -> action_id int, count int, first date
select e.action_id, count(*), min(e.entered_on)
  from enrolments e
 where e.territory_id = :territory and e.referrer_id = :organisation and e.state = 'requested'
 group by e.action_id
 order by e.action_id;

-- due_own_status(territory int, person int) -> count int
select count(*) from statuses where territory_id = :territory and person_id = :person;

-- due_contacts_old(territory int, organisation int, before text) -> count int, checked int, first date
select count(*), count(checked_on), min(checked_on)
  from contacts
 where territory_id = :territory and left_on is null and (checked_on is null or checked_on <= :before)
   and (cast(:organisation as bigint) is null or organisation_id = :organisation);

-- Requests that nobody has answered: those on a waiting list have been.
-- due_unanswered(territory int) -> action_id int, count int, first date
select e.action_id, count(*), min(e.entered_on)
  from enrolments e
 where e.territory_id = :territory and e.state = 'requested' and e.waiting_since is null
 group by e.action_id
 order by e.action_id;
