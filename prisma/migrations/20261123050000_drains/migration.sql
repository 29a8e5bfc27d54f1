-- CreateTable
CREATE TABLE "Drain" (
    "id" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "drain" JSONB NOT NULL,
    "host" TEXT,
    "authorName" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "safeAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Drain_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Drain_clusterId_endedAt_idx" ON "Drain"("clusterId", "endedAt");

-- AddForeignKey
ALTER TABLE "Drain" ADD CONSTRAINT "Drain_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;
