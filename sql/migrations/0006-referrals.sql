-- What a partner has sent is found by it.

create index enrolments_referrer on enrolments (territory_id, referrer_id);
