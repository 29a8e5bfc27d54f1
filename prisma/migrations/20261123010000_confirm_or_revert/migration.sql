-- CreateEnum
CREATE TYPE "ApplyAnswer" AS ENUM ('confirm', 'goBack');

-- CreateEnum
CREATE TYPE "ApplyConfirmation" AS ENUM ('waiting', 'confirmed', 'wentBack', 'partlyBack', 'unknown');

-- AlterTable
ALTER TABLE "Apply" ADD COLUMN     "answer" "ApplyAnswer",
ADD COLUMN     "answeredAt" TIMESTAMPTZ(3),
ADD COLUMN     "answeredById" TEXT,
ADD COLUMN     "answeredByName" TEXT,
ADD COLUMN     "confirmWithinMs" INTEGER,
ADD COLUMN     "firstAlone" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "heldSince" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ApplyDirector" ADD COLUMN     "confirmation" "ApplyConfirmation",
ADD COLUMN     "wentBack" JSONB;

-- CreateIndex
CREATE INDEX "ApplyDirector_confirmation_idx" ON "ApplyDirector"("confirmation");

ALTER TABLE "Apply" ADD CONSTRAINT "Apply_confirm_check" CHECK ("confirmWithinMs" BETWEEN 1000 AND 3600000);
ALTER TABLE "Apply" ADD CONSTRAINT "Apply_answer_check"
    CHECK (("answer" IS NULL) = ("answeredAt" IS NULL) AND ("answer" IS NULL) = ("answeredById" IS NULL) AND ("answer" IS NULL) = ("answeredByName" IS NULL)
        AND ("answer" IS NULL OR "confirmWithinMs" IS NOT NULL));
ALTER TABLE "Apply" ADD CONSTRAINT "Apply_held_check" CHECK ("heldSince" IS NULL OR ("firstAlone" AND "finishedAt" IS NULL));
ALTER TABLE "ApplyDirector" ADD CONSTRAINT "ApplyDirector_wentBack_check" CHECK ("confirmation" IN ('wentBack', 'partlyBack') OR "wentBack" IS NULL);
