-- CreateTable
CREATE TABLE "Event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "heardAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "tone" TEXT NOT NULL,
    "clusterId" TEXT,
    "clusterName" TEXT,
    "serviceId" TEXT,
    "serviceName" TEXT,
    "realServerId" TEXT,
    "realServerName" TEXT,
    "directorId" TEXT,
    "directorName" TEXT,
    "params" JSONB NOT NULL,
    "person" TEXT,
    "evidence" JSONB,
    "link" TEXT,
    "words" TEXT NOT NULL,
    "auditEntryId" BIGINT,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Watched" (
    "key" TEXT NOT NULL,
    "standing" JSONB NOT NULL,

    CONSTRAINT "Watched_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Event_auditEntryId_key" ON "Event"("auditEntryId");

-- CreateIndex
CREATE INDEX "Event_kind_tone_at_id_idx" ON "Event"("kind", "tone", "at", "id");

-- CreateIndex
CREATE INDEX "Event_clusterId_kind_tone_at_id_idx" ON "Event"("clusterId", "kind", "tone", "at", "id");

-- CreateIndex
CREATE INDEX "Event_serviceId_kind_tone_at_id_idx" ON "Event"("serviceId", "kind", "tone", "at", "id");

-- CreateIndex
CREATE INDEX "Event_realServerId_kind_tone_at_id_idx" ON "Event"("realServerId", "kind", "tone", "at", "id");

-- CreateIndex
CREATE INDEX "Event_directorId_kind_tone_at_id_idx" ON "Event"("directorId", "kind", "tone", "at", "id");

-- CreateIndex
CREATE INDEX "Event_at_id_idx" ON "Event"("at", "id");

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_auditEntryId_fkey" FOREIGN KEY ("auditEntryId") REFERENCES "AuditEntry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Event" ADD CONSTRAINT "Event_kind_check" CHECK ("kind" IN ('revision', 'apply', 'health', 'drain', 'override', 'drift', 'director', 'checker', 'certificate', 'alert'));
ALTER TABLE "Event" ADD CONSTRAINT "Event_tone_check" CHECK ("tone" IN ('good', 'plain', 'warn', 'bad'));
ALTER TABLE "Event" ADD CONSTRAINT "Event_code_check" CHECK ("code" ~ '^[a-zA-Z]{1,40}$');

-- Written once; the oldest rows go.
CREATE TRIGGER "Event_written_once" BEFORE UPDATE ON "Event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
