-- Servers of the previous version do not know these values: what leads to them is refused while one is connected.
ALTER TYPE "RegistrationStatus" ADD VALUE 'APPLIED';
ALTER TYPE "RegistrationStatus" ADD VALUE 'HELD';
ALTER TYPE "EndReason" ADD VALUE 'REJECTED';
ALTER TYPE "EndReason" ADD VALUE 'EXPIRED';
ALTER TYPE "MessageKind" ADD VALUE 'APPLIED';
ALTER TYPE "MessageKind" ADD VALUE 'DECISIONS_LATE';
ALTER TYPE "MessageKind" ADD VALUE 'REJECTED';
ALTER TYPE "MessageKind" ADD VALUE 'HELD';
ALTER TYPE "MessageKind" ADD VALUE 'HOLD_ENDING';
ALTER TYPE "MessageKind" ADD VALUE 'EXPIRED';
ALTER TYPE "MessageKind" ADD VALUE 'INVITED';
ALTER TYPE "MessageKind" ADD VALUE 'INVITATION_WITHDRAWN';
