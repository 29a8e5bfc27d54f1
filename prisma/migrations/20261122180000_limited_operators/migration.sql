-- AlterTable
ALTER TABLE "User" ADD COLUMN "clustersLimited" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "OperatorCluster" (
    "userId" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,

    CONSTRAINT "OperatorCluster_pkey" PRIMARY KEY ("userId","clusterId")
);

-- CreateIndex
CREATE INDEX "OperatorCluster_clusterId_idx" ON "OperatorCluster"("clusterId");

-- AddForeignKey
ALTER TABLE "OperatorCluster" ADD CONSTRAINT "OperatorCluster_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperatorCluster" ADD CONSTRAINT "OperatorCluster_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;
