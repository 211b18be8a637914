-- people.sql - what the people page of people.mjs looks up, after load.sql
CREATE INDEX people_by_name ON people (family_name, given_name, id);
CREATE INDEX statuses_person ON statuses (person_id, since);
CREATE INDEX enrolments_person ON enrolments (person_id);
