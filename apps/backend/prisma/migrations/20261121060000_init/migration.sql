-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('PARTICIPANT', 'ORGANIZER', 'ADMIN');

-- CreateEnum
CREATE TYPE "RegistrationStatus" AS ENUM ('PENDING', 'CONFIRMED', 'WAITLISTED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "EndReason" AS ENUM ('LEFT', 'REMOVED', 'COMPETITION_CANCELLED');

-- CreateEnum
CREATE TYPE "MessageKind" AS ENUM ('CONFIRMED', 'WAITING', 'PROMOTED', 'NOT_PROMOTED', 'LEFT', 'REMOVED', 'COMPETITION_CHANGED', 'COMPETITION_CANCELLED', 'REMINDER', 'NEW_SIGN_IN');

-- CreateEnum
CREATE TYPE "Delivery" AS ENUM ('MAILBOX', 'QUEUED', 'SENDING', 'SENT', 'FAILED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "Operation" AS ENUM ('REGISTER', 'LEAVE', 'CREATE', 'CANCEL');

-- CreateEnum
CREATE TYPE "FailedJobSettlement" AS ENUM ('REPLAYED', 'DISCARDED');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "hash" BYTEA NOT NULL,
    "session_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "password_resets" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "token_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_resets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "competitions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organizer_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "tags" TEXT[],
    "location" TEXT,
    "capacity" INTEGER NOT NULL,
    "seats_left" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "waitlist" BOOLEAN NOT NULL DEFAULT true,
    "reg_opens_at" TIMESTAMPTZ(3),
    "reg_deadline" TIMESTAMPTZ(3) NOT NULL,
    "start_date" TIMESTAMPTZ(3),
    "end_date" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "popularity" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "cancelled_at" TIMESTAMPTZ(3),
    "registrations_ended_at" TIMESTAMPTZ(3),
    "line_closed_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "competitions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registrations" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "competition_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "status" "RegistrationStatus" NOT NULL,
    "admission" BIGSERIAL NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "promoted_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" "EndReason",
    "removal_reason" TEXT,

    CONSTRAINT "registrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailbox_messages" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "kind" "MessageKind" NOT NULL,
    "about_id" UUID NOT NULL,
    "occurrence" TEXT NOT NULL DEFAULT '',
    "competition_id" UUID,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "delivery" "Delivery" NOT NULL DEFAULT 'MAILBOX',
    "sending_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mailbox_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_records" (
    "user_id" UUID NOT NULL,
    "operation" "Operation" NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "status" SMALLINT NOT NULL,
    "body" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("user_id","operation","key")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "queue" TEXT NOT NULL,
    "job" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handed_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "failed_jobs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "outbox_id" UUID NOT NULL,
    "queue" TEXT NOT NULL,
    "job" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "error" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "permanent" BOOLEAN NOT NULL DEFAULT false,
    "failed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    "settled_as" "FailedJobSettlement",

    CONSTRAINT "failed_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scheduled_runs" (
    "name" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "scheduled_runs_pkey" PRIMARY KEY ("name","slot")
);

-- CreateTable
CREATE TABLE "worker_heartbeats" (
    "worker" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_heartbeats_pkey" PRIMARY KEY ("worker")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject_id" UUID,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_of_user" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_by_expiry" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "refresh_tokens_of_session" ON "refresh_tokens"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "password_resets_token_hash_key" ON "password_resets"("token_hash");

-- CreateIndex
CREATE INDEX "password_resets_of_user" ON "password_resets"("user_id");

-- CreateIndex
CREATE INDEX "password_resets_by_expiry" ON "password_resets"("expires_at");

-- CreateIndex
CREATE INDEX "registrations_of_user" ON "registrations"("user_id", "id");

-- CreateIndex
CREATE INDEX "messages_of_user" ON "mailbox_messages"("user_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "one_message_per_occurrence" ON "mailbox_messages"("user_id", "kind", "about_id", "occurrence");

-- CreateIndex
CREATE INDEX "idempotency_records_by_expiry" ON "idempotency_records"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "failed_jobs_outbox_id_key" ON "failed_jobs"("outbox_id");

-- CreateIndex
CREATE INDEX "failed_jobs_by_age" ON "failed_jobs"("failed_at");

-- CreateIndex
CREATE INDEX "audit_of_subject" ON "audit_entries"("subject_id", "id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "competitions" ADD CONSTRAINT "competitions_organizer_id_fkey" FOREIGN KEY ("organizer_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_competition_id_fkey" FOREIGN KEY ("competition_id") REFERENCES "competitions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailbox_messages" ADD CONSTRAINT "mailbox_messages_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema cannot say: the rules that the database keeps by itself.

ALTER TABLE "users" ADD CONSTRAINT "email_is_lower_case" CHECK (email = lower(email));

ALTER TABLE "competitions"
  ADD CONSTRAINT "capacity_is_positive" CHECK (capacity >= 1),
  -- The last line: nobody can be seated beyond the capacity, whatever the code above believes.
  ADD CONSTRAINT "seats_left_within_capacity" CHECK (seats_left BETWEEN 0 AND capacity),
  ADD CONSTRAINT "waiting_not_negative" CHECK (waiting >= 0),
  ADD CONSTRAINT "opens_before_it_closes" CHECK (reg_opens_at < reg_deadline),
  ADD CONSTRAINT "ends_after_it_starts" CHECK (end_date > start_date),
  ADD CONSTRAINT "an_end_needs_a_start" CHECK (end_date IS NULL OR start_date IS NOT NULL);

ALTER TABLE "registrations"
  ADD CONSTRAINT "ended_says_when_and_why"
    CHECK ((status = 'CANCELLED') = (ended_at IS NOT NULL) AND (status = 'CANCELLED') = (end_reason IS NOT NULL));

-- Room on the page, so that counting a seat down touches no index.
ALTER TABLE "competitions" SET (fillfactor = 70);
ALTER TABLE "registrations" SET (fillfactor = 85);

-- One active registration per person and competition; also finds the own one. The person comes first: a person's
-- registrations are few, so even a plan that uses only half of this index reads little.
CREATE UNIQUE INDEX "one_active_registration" ON "registrations" (user_id, competition_id) WHERE status <> 'CANCELLED';

-- The rows of one competition in the order of admission, in three parts. One index over all of them would serve
-- "first in line" too, by reading past everybody who is seated.
CREATE INDEX "registrations_seated" ON "registrations" (competition_id, admission) WHERE status IN ('PENDING', 'CONFIRMED');
CREATE INDEX "registrations_in_line" ON "registrations" (competition_id, admission) WHERE status = 'WAITLISTED';
CREATE INDEX "registrations_ended" ON "registrations" (competition_id, admission) WHERE status = 'CANCELLED';

-- What the relay claims next, oldest first; what is still unsettled.
CREATE INDEX "outbox_due" ON "outbox" (due_at) WHERE settled_at IS NULL;

-- What the clean-up may delete.
CREATE INDEX "outbox_settled" ON "outbox" (settled_at) WHERE settled_at IS NOT NULL;

-- The console: what failed and waits for an admin.
CREATE INDEX "failed_jobs_open" ON "failed_jobs" (id) WHERE settled_at IS NULL;

-- The mailbox's unread count.
CREATE INDEX "messages_unread" ON "mailbox_messages" (user_id) WHERE read_at IS NULL;

-- Messages under way, and those whose worker died while the body went out.
CREATE INDEX "messages_under_way" ON "mailbox_messages" (delivery, sending_at) WHERE delivery IN ('QUEUED', 'SENDING', 'UNKNOWN');

-- Lists of competitions, one index per order.
CREATE INDEX "competitions_by_deadline" ON "competitions" (reg_deadline, id) WHERE deleted_at IS NULL;
CREATE INDEX "competitions_by_start" ON "competitions" (start_date, id) WHERE deleted_at IS NULL;
CREATE INDEX "competitions_by_age" ON "competitions" (id) WHERE deleted_at IS NULL;
CREATE INDEX "competitions_by_popularity" ON "competitions" (popularity, id) WHERE deleted_at IS NULL;
CREATE INDEX "competitions_of_organizer" ON "competitions" (organizer_id, id) WHERE deleted_at IS NULL;

-- The schedule: what is cancelled with registrations still to end; whose deadline came and whose line is not told yet.
-- (No seats or waiting in here: an index on what every admission changes would make each of them write it.)
CREATE INDEX "competitions_to_wind_up" ON "competitions" (cancelled_at) WHERE cancelled_at IS NOT NULL AND registrations_ended_at IS NULL;
CREATE INDEX "competitions_with_a_line" ON "competitions" (reg_deadline) WHERE line_closed_at IS NULL AND deleted_at IS NULL;

COMMENT ON INDEX "sessions_of_user" IS 'profile: where one is signed in';
COMMENT ON INDEX "refresh_tokens_of_session" IS 'ending a session; clean-up of used tokens';
COMMENT ON INDEX "password_resets_of_user" IS 'a new reset link voids the older ones';
COMMENT ON INDEX "registrations_of_user" IS 'participant: own registrations, newest first';
COMMENT ON INDEX "one_message_per_occurrence" IS 'the same job twice writes one message';
COMMENT ON INDEX "messages_of_user" IS 'mailbox, newest first';
COMMENT ON INDEX "idempotency_records_by_expiry" IS 'clean-up of expired records';
COMMENT ON INDEX "audit_of_subject" IS 'what happened to one competition, in order';
COMMENT ON INDEX "sessions_by_expiry" IS 'clean-up of ended sessions';
COMMENT ON INDEX "password_resets_by_expiry" IS 'clean-up of used and expired tokens';
COMMENT ON INDEX "failed_jobs_by_age" IS 'clean-up of failed jobs over 30 days';
