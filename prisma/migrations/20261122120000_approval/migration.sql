-- CreateEnum
CREATE TYPE "Decision" AS ENUM ('approved', 'rejected');

-- AlterTable: saving has approved every revision so far.
ALTER TABLE "Cluster" ADD COLUMN "wantedRevisionNumber" INTEGER,
ADD COLUMN "approvalRequired" BOOLEAN NOT NULL DEFAULT false;
UPDATE "Cluster" SET "wantedRevisionNumber" = "headRevisionNumber";
ALTER TABLE "Cluster" ALTER COLUMN "wantedRevisionNumber" SET NOT NULL;

-- AlterTable
ALTER TABLE "Revision" ADD COLUMN "proposed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Verdict" (
    "clusterId" TEXT NOT NULL,
    "revisionNumber" INTEGER NOT NULL,
    "decision" "Decision" NOT NULL,
    "personId" TEXT NOT NULL,
    "personName" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Verdict_pkey" PRIMARY KEY ("clusterId","revisionNumber")
);

-- AddForeignKey
ALTER TABLE "Verdict" ADD CONSTRAINT "Verdict_clusterId_revisionNumber_fkey" FOREIGN KEY ("clusterId", "revisionNumber") REFERENCES "Revision"("clusterId", "number") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "Cluster" ADD CONSTRAINT "Cluster_wanted_check" CHECK ("wantedRevisionNumber" BETWEEN 1 AND "headRevisionNumber");

CREATE TRIGGER "Verdict_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Verdict" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
ALTER TABLE "Verdict" ENABLE ALWAYS TRIGGER "Verdict_append_only";
