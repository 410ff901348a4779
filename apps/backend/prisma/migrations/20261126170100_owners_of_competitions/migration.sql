-- The organizers of the competitions that existed before there was staff.
INSERT INTO "competition_staff" ("competition_id", "user_id", "role")
SELECT "id", "organizer_id", 'OWNER' FROM "competitions"
ON CONFLICT DO NOTHING;
