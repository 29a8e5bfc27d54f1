-- CreateTable
CREATE TABLE "IgnoredDrift" (
    "id" TEXT NOT NULL,
    "directorId" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "operation" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IgnoredDrift_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "IgnoredDrift_clusterId_idx" ON "IgnoredDrift"("clusterId");

-- CreateIndex
CREATE UNIQUE INDEX "IgnoredDrift_directorId_key_key" ON "IgnoredDrift"("directorId", "key");

-- AddForeignKey
ALTER TABLE "IgnoredDrift" ADD CONSTRAINT "IgnoredDrift_directorId_fkey" FOREIGN KEY ("directorId") REFERENCES "Director"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IgnoredDrift" ADD CONSTRAINT "IgnoredDrift_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "IgnoredDrift" ADD CONSTRAINT "IgnoredDrift_reason_check" CHECK ("reason" <> '');
ALTER TABLE "IgnoredDrift" ADD CONSTRAINT "IgnoredDrift_end_check" CHECK ("endsAt" > "since");
