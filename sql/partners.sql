-- The directory of partners: organisations, whom to call there, and what they do in the contracts.

-- directory_names(territory int) -> id int, ref text, name text, category text
select id, ref, name, category from organisations where territory_id = :territory;

-- directory_contacts(territory int, organisation int) -> id int, organisation_id int, name text, function text, phone text,
--     email text, languages text, checked_on date
select id, organisation_id, name, function, phone, email, languages, checked_on
  from contacts
 where territory_id = :territory and left_on is null
   and (cast(:organisation as bigint) is null or organisation_id = :organisation)
 order by organisation_id, id;

-- directory_roles(territory int, organisation int) -> organisation_id int, role text, ref text, number text, title text,
--     contract_ref text
select p.organisation_id, p.role, s.ref, s.number, s.title, c.ref
  from partnerships p
  join sheets s on s.territory_id = p.territory_id and s.id = p.sheet_id
  join contracts c on c.territory_id = s.territory_id and c.id = s.contract_id
 where p.territory_id = :territory and (cast(:organisation as bigint) is null or p.organisation_id = :organisation)
 order by p.organisation_id, c.id, s.id, p.role;
