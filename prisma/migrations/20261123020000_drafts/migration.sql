-- CreateTable
CREATE TABLE "Draft" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "clusterId" TEXT,
    "base" INTEGER,
    "values" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Draft_clusterId_idx" ON "Draft"("clusterId");

-- CreateIndex
CREATE UNIQUE INDEX "Draft_userId_clusterId_key" ON "Draft"("userId", "clusterId");

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A unique index takes nulls for different from each other.
CREATE UNIQUE INDEX "Draft_new_key" ON "Draft"("userId") WHERE "clusterId" IS NULL;

ALTER TABLE "Draft" ADD CONSTRAINT "Draft_base_check" CHECK (("clusterId" IS NULL) = ("base" IS NULL) AND "base" >= 1);
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_version_check" CHECK ("version" >= 1);
