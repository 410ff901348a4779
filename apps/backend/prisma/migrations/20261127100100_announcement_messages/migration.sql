-- Servers of the previous version never write this kind, and read kinds as text.
ALTER TYPE "MessageKind" ADD VALUE 'ANNOUNCEMENT';
