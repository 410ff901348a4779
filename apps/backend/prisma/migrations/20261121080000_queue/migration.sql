-- CreateTable
CREATE TABLE "queue_rests" (
    "queue" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "resumes_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_rests_pkey" PRIMARY KEY ("queue")
);
