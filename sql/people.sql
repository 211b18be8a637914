-- Finding and listing people: pages of sorted keys, whose people they are, and what a list shows of each.

-- key_pages_from(territory int, at blob, below blob, most int) -> first blob, keys blob
select first, keys
  from key_pages
 where territory_id = :territory
   and first >= coalesce((select p.first from key_pages p where p.territory_id = :territory and p.first <= :at
                           order by p.first desc limit 1), :at)
   and first < :below
 order by first
 limit :most;

-- key_pages_back(territory int, at blob, most int) -> first blob, keys blob
select first, keys
  from key_pages
 where territory_id = :territory and first <= :at
 order by first desc
 limit :most;

-- key_page_add(territory int, first blob, keys blob)
insert into key_pages (territory_id, first, keys) values (:territory, :first, :keys);

-- key_page_remove(territory int, first blob)
delete from key_pages where territory_id = :territory and first = :first;

-- key_pages_clear(territory int)
delete from key_pages where territory_id = :territory;

-- people_keyed(territory int, after int, most int) -> id int, ref text, family_name text, given_name text, sex text, birth_date text, nationality text, languages text, household_ref text, phone text, email text, agdref text
select id, ref, family_name, given_name, sex, birth_date, nationality, languages, household_ref, phone, email, agdref
  from people
 where territory_id = :territory and id > :after
 order by id
 limit :most;

-- keepers_after(after int, most int) -> territory_id int
select territory_id from keepers where territory_id > :after order by territory_id limit :most;

-- fact_put(name text, value text)
insert into facts (name, value) values (:name, :value)
    on conflict (name) do update set value = excluded.value;
