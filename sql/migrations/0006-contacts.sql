-- A contact who has left stays in the records, with the day; and what a partner has sent is found by it.

alter table contacts add column left_on text;
create index enrolments_referrer on enrolments (territory_id, referrer_id);
