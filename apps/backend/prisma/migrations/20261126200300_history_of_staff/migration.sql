-- The history of a competition without what registrants do and what follows from it, which is most of it. Partial, so
-- that registering writes no second index entry.
CREATE INDEX CONCURRENTLY "audit_of_staff" ON "audit_entries" ("subject_id", "id") WHERE action NOT IN ('registration.seated', 'registration.waiting', 'registration.promoted', 'registration.left', 'registration.cancelled');
