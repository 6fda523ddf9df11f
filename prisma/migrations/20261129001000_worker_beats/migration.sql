-- Whether work moves: the last sign of life of each part of the worker.
CREATE TABLE "WorkerBeat" (
    "part" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "lagMs" INTEGER NOT NULL,

    CONSTRAINT "WorkerBeat_pkey" PRIMARY KEY ("part")
);
