SET LOCAL lock_timeout = '2s';
ALTER TABLE "mailbox_messages" ADD COLUMN "html" TEXT;
