-- CreateTable
CREATE TABLE "HealthChange" (
    "id" BIGSERIAL NOT NULL,
    "clusterId" TEXT NOT NULL,
    "serviceId" TEXT NOT NULL,
    "serviceName" TEXT NOT NULL,
    "realServerId" TEXT,
    "realServerName" TEXT,
    "directorId" TEXT NOT NULL,
    "directorName" TEXT NOT NULL,
    "bootId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "heardAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "lastTry" JSONB,

    CONSTRAINT "HealthChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "HealthChange_directorId_bootId_sequence_key" ON "HealthChange"("directorId", "bootId", "sequence");

-- CreateIndex
CREATE INDEX "HealthChange_clusterId_id_idx" ON "HealthChange"("clusterId", "id");

-- Written once; the oldest rows go.
CREATE TRIGGER "HealthChange_written_once" BEFORE UPDATE ON "HealthChange" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
