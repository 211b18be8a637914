-- The bin: what was taken out stands among the versions; this finds it.
create index journal_removals on journal (territory_id, seq) where action = 'delete' and version > 1;
