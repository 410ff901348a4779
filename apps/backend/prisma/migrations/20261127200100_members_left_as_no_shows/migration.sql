-- An absent member whose place in a team was released was not removed by the captain.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "team_members" DROP CONSTRAINT "member_left_somehow";
ALTER TABLE "team_members" ADD CONSTRAINT "member_left_somehow" CHECK (
  ("left_at" IS NULL) = ("left_how" IS NULL) AND "left_how" IN ('LEFT', 'REMOVED', 'NO_SHOW', 'ERASED')
) NOT VALID;
