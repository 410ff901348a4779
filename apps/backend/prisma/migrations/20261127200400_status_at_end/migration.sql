-- What a registration was when it ended. NULL for those that ended before.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "registrations" ADD COLUMN "status_at_end" "RegistrationStatus";
