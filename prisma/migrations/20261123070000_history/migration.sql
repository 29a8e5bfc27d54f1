-- CreateEnum
CREATE TYPE "HistoryKind" AS ENUM ('services', 'realServers');

-- CreateTable
CREATE TABLE "HistoryDirector" (
    "number" SERIAL NOT NULL,
    "directorId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "journalId" TEXT,
    "sequence" BIGINT NOT NULL DEFAULT 0,
    "reachesTo" TIMESTAMPTZ(3),

    CONSTRAINT "HistoryDirector_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "HistoryObject" (
    "number" SERIAL NOT NULL,
    "directorNumber" INTEGER NOT NULL,
    "kind" "HistoryKind" NOT NULL,
    "path" TEXT NOT NULL,
    "clusterId" TEXT,
    "serviceId" TEXT,
    "realServerId" TEXT,
    "key" TEXT NOT NULL,

    CONSTRAINT "HistoryObject_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "HistoryBlock" (
    "directorNumber" INTEGER NOT NULL,
    "kind" "HistoryKind" NOT NULL,
    "tierSeconds" INTEGER NOT NULL,
    "start" TIMESTAMPTZ(3) NOT NULL,
    "packed" BYTEA NOT NULL,

    CONSTRAINT "HistoryBlock_pkey" PRIMARY KEY ("directorNumber","kind","tierSeconds","start")
);

-- CreateTable
CREATE TABLE "HistoryUsage" (
    "directorNumber" INTEGER NOT NULL,
    "kind" "HistoryKind" NOT NULL,
    "tierSeconds" INTEGER NOT NULL,
    "rows" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,

    CONSTRAINT "HistoryUsage_pkey" PRIMARY KEY ("directorNumber","kind","tierSeconds")
);

-- CreateTable
CREATE TABLE "HistorySetting" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "budgetBytes" BIGINT NOT NULL,

    CONSTRAINT "HistorySetting_pkey" PRIMARY KEY ("only")
);

-- CreateIndex
CREATE UNIQUE INDEX "HistoryDirector_directorId_key" ON "HistoryDirector"("directorId");

-- CreateIndex
CREATE INDEX "HistoryObject_clusterId_serviceId_idx" ON "HistoryObject"("clusterId", "serviceId");

-- CreateIndex
CREATE UNIQUE INDEX "HistoryObject_directorNumber_path_key" ON "HistoryObject"("directorNumber", "path");

-- AddForeignKey
ALTER TABLE "HistoryObject" ADD CONSTRAINT "HistoryObject_directorNumber_fkey" FOREIGN KEY ("directorNumber") REFERENCES "HistoryDirector"("number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HistoryBlock" ADD CONSTRAINT "HistoryBlock_directorNumber_fkey" FOREIGN KEY ("directorNumber") REFERENCES "HistoryDirector"("number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HistoryUsage" ADD CONSTRAINT "HistoryUsage_directorNumber_fkey" FOREIGN KEY ("directorNumber") REFERENCES "HistoryDirector"("number") ON DELETE CASCADE ON UPDATE CASCADE;

-- Deflated already, so nothing is gained by compressing it again; and its length is known without reading it.
ALTER TABLE "HistoryBlock" ALTER COLUMN "packed" SET STORAGE EXTERNAL;

ALTER TABLE "HistoryDirector" ADD CONSTRAINT "HistoryDirector_sequence_check" CHECK ("sequence" >= 0);
ALTER TABLE "HistoryBlock" ADD CONSTRAINT "HistoryBlock_start_check" CHECK (EXTRACT(EPOCH FROM "start")::bigint % "tierSeconds" = 0);
ALTER TABLE "HistoryUsage" ADD CONSTRAINT "HistoryUsage_counts_check" CHECK ("rows" >= 0 AND "bytes" >= 0);
ALTER TABLE "HistorySetting" ADD CONSTRAINT "HistorySetting_only_check" CHECK ("only");
ALTER TABLE "HistorySetting" ADD CONSTRAINT "HistorySetting_budget_check" CHECK ("budgetBytes" > 0);
