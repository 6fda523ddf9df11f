-- Which failure a decision answers, and what became of one that came too late.
ALTER TABLE "RunDecision" ADD COLUMN "attempt" INTEGER, ADD COLUMN "refusal" TEXT;
CREATE INDEX "RunDecision_deliveredAt_idx" ON "RunDecision"("deliveredAt");
