-- Whether a registration with this status takes a seat. The list HOLDING in packages/shared says the same.
-- Locks nothing.
-- Called by end_registrations_v1 and redeem_v2.
CREATE OR REPLACE FUNCTION holds_seat(status "RegistrationStatus") RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN status IN ('PENDING', 'CONFIRMED', 'HELD');
