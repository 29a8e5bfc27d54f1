-- AlterTable
ALTER TABLE "Alert" ADD COLUMN     "unwatched" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "Alert" ADD CONSTRAINT "Alert_unwatched_check" CHECK (NOT "unwatched" OR "endedAt" IS NOT NULL);
