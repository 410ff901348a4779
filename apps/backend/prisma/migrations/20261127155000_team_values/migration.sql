-- Servers of the previous version do not know these values: what leads to them is refused while one is connected.
ALTER TYPE "EndReason" ADD VALUE 'TEAM_TOO_SMALL';
ALTER TYPE "EndReason" ADD VALUE 'NO_SHOW';
ALTER TYPE "MessageKind" ADD VALUE 'TEAM_JOINED';
ALTER TYPE "MessageKind" ADD VALUE 'TEAM_CHANGED';
ALTER TYPE "MessageKind" ADD VALUE 'TEAM_BELOW_MINIMUM';
ALTER TYPE "MessageKind" ADD VALUE 'TEAM_TOO_SMALL';
