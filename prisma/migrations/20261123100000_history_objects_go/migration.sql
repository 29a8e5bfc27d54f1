-- AlterTable
ALTER TABLE "HistoryObject" ADD COLUMN "namedBefore" TIMESTAMPTZ(3);

-- What its director has said until now names it, and begins before then.
UPDATE "HistoryObject" SET "namedBefore" = coalesce("reachesTo", now()) FROM "HistoryDirector" AS director WHERE director."number" = "directorNumber";

-- AlterTable
ALTER TABLE "HistoryObject" ALTER COLUMN "namedBefore" SET NOT NULL;
