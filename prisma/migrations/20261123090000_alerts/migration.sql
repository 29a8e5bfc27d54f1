-- CreateTable
CREATE TABLE "AlertRule" (
    "kind" TEXT NOT NULL,
    "on" BOOLEAN NOT NULL,
    "forSeconds" INTEGER NOT NULL,
    "days" INTEGER,
    "clusterIds" JSONB,
    "quietHours" JSONB,
    "groupSeconds" INTEGER NOT NULL,
    "channelIds" JSONB NOT NULL,

    CONSTRAINT "AlertRule_pkey" PRIMARY KEY ("kind")
);

-- CreateTable
CREATE TABLE "AlertChannel" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "url" TEXT,
    "token" TEXT,
    "hmacSecret" TEXT,
    "to" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AlertChannel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MailServer" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "security" TEXT NOT NULL,
    "user" TEXT,
    "password" TEXT,
    "from" TEXT NOT NULL,

    CONSTRAINT "MailServer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "clusterId" TEXT,
    "clusterName" TEXT,
    "serviceId" TEXT,
    "serviceName" TEXT,
    "realServerId" TEXT,
    "realServerName" TEXT,
    "directorId" TEXT,
    "directorName" TEXT,
    "params" JSONB NOT NULL,
    "link" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "firedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedBy" TEXT,
    "note" TEXT,

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertMessage" (
    "id" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "channelName" TEXT NOT NULL,
    "channelKind" TEXT NOT NULL,
    "clusterId" TEXT,
    "clusterName" TEXT,
    "quietHours" JSONB,
    "state" TEXT NOT NULL,
    "wasQuiet" BOOLEAN NOT NULL DEFAULT false,
    "body" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "firstTryAt" TIMESTAMPTZ(3),
    "nextTryAt" TIMESTAMPTZ(3),
    "lastAnswer" JSONB,

    CONSTRAINT "AlertMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertMessageItem" (
    "messageId" TEXT NOT NULL,
    "alertId" TEXT NOT NULL,
    "says" TEXT NOT NULL,

    CONSTRAINT "AlertMessageItem_pkey" PRIMARY KEY ("messageId","alertId","says")
);

-- CreateIndex
CREATE UNIQUE INDEX "AlertChannel_name_key" ON "AlertChannel"("name");

-- CreateIndex
CREATE INDEX "Alert_endedAt_id_idx" ON "Alert"("endedAt", "id");

-- CreateIndex
CREATE INDEX "Alert_clusterId_endedAt_idx" ON "Alert"("clusterId", "endedAt");

-- CreateIndex
CREATE INDEX "AlertMessage_state_nextTryAt_idx" ON "AlertMessage"("state", "nextTryAt");

-- CreateIndex
CREATE INDEX "AlertMessageItem_alertId_idx" ON "AlertMessageItem"("alertId");

-- AddForeignKey
ALTER TABLE "AlertMessageItem" ADD CONSTRAINT "AlertMessageItem_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "AlertMessage"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertMessageItem" ADD CONSTRAINT "AlertMessageItem_alertId_fkey" FOREIGN KEY ("alertId") REFERENCES "Alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One of what a rule watches for at a time.
CREATE UNIQUE INDEX "Alert_open_key" ON "Alert"("rule", "key") WHERE "endedAt" IS NULL;

ALTER TABLE "AlertRule" ADD CONSTRAINT "AlertRule_kind_check" CHECK ("kind" IN ('realServerDown', 'belowQuorum', 'directorSilent', 'drift', 'applyFailed', 'certificateEnding', 'checkerLate'));
ALTER TABLE "AlertRule" ADD CONSTRAINT "AlertRule_times_check" CHECK ("forSeconds" >= 0 AND "groupSeconds" >= 0 AND ("days" IS NULL) = ("kind" <> 'certificateEnding'));
ALTER TABLE "AlertChannel" ADD CONSTRAINT "AlertChannel_kind_check" CHECK (("url" IS NULL) <> ("to" IS NULL) AND ("url" IS NOT NULL OR ("token" IS NULL AND "hmacSecret" IS NULL)));
ALTER TABLE "MailServer" ADD CONSTRAINT "MailServer_one_check" CHECK ("id" = 1);
ALTER TABLE "Alert" ADD CONSTRAINT "Alert_course_check" CHECK ("firedAt" >= "since" AND "endedAt" >= "firedAt" AND ("endedAt" IS NULL OR "firedAt" IS NOT NULL));
ALTER TABLE "Alert" ADD CONSTRAINT "Alert_acknowledged_check" CHECK (("acknowledgedAt" IS NULL) = ("acknowledgedBy" IS NULL) AND ("acknowledgedAt" IS NULL) = ("note" IS NULL));
ALTER TABLE "AlertMessage" ADD CONSTRAINT "AlertMessage_state_check" CHECK ("state" IN ('waiting', 'sent', 'givenUp', 'dropped') AND ("state" = 'waiting') = ("nextTryAt" IS NOT NULL));
ALTER TABLE "AlertMessageItem" ADD CONSTRAINT "AlertMessageItem_says_check" CHECK ("says" IN ('fired', 'ended'));

INSERT INTO "AlertRule" ("kind", "on", "forSeconds", "days", "groupSeconds", "channelIds") VALUES
    ('realServerDown', true, 60, NULL, 30, '[]'),
    ('belowQuorum', true, 10, NULL, 30, '[]'),
    ('directorSilent', true, 30, NULL, 30, '[]'),
    ('drift', true, 300, NULL, 30, '[]'),
    ('applyFailed', true, 0, NULL, 30, '[]'),
    ('certificateEnding', true, 0, 30, 30, '[]'),
    ('checkerLate', true, 120, NULL, 30, '[]');
