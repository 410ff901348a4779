-- Servers of the previous version never write these kinds, and read kinds as text.
ALTER TYPE "MessageKind" ADD VALUE 'STAFF_INVITED';
ALTER TYPE "MessageKind" ADD VALUE 'STAFF_JOINED';
ALTER TYPE "MessageKind" ADD VALUE 'STAFF_REMOVED';
ALTER TYPE "MessageKind" ADD VALUE 'STAFF_ROLE_CHANGED';
