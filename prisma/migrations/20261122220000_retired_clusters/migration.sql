-- AlterTable
ALTER TABLE "Cluster" ADD COLUMN     "leftOn" JSONB,
ADD COLUMN     "retiredAt" TIMESTAMPTZ(3),
ADD COLUMN     "retiredBy" TEXT,
ALTER COLUMN "name" DROP NOT NULL;

ALTER TABLE "Cluster" ADD CONSTRAINT "Cluster_retired_check"
    CHECK (("name" IS NULL) = ("retiredAt" IS NOT NULL) AND ("retiredAt" IS NULL) = ("retiredBy" IS NULL) AND ("retiredAt" IS NULL) = ("leftOn" IS NULL));
