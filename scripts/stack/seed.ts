// The demo person, who owns the lab node from the first start on. Safe to run at every start.
import { readFile } from "node:fs/promises";
import { seedDemo, type DemoNode } from "../../packages/api/src/seed";
import { createAuth } from "../../packages/auth/src/index";
import { createDb } from "../../prisma/src/client";
import { createVault, readKeys } from "../../prisma/src/sealing";
import { createEngine } from "../../temporal/src/client";
import { createCodec } from "../../temporal/src/codec";
import type { EngineOptions } from "../../temporal/src/engine-calls";
import { engineNames } from "../../temporal/src/engine-names";
import type { LabNode } from "./lab";
import type { DemoSignIn } from "./secrets";

export interface SeedOptions {
  databaseUrl: string;
  sealingKeys: string;
  temporal: { address: string; namespace: string };
  demo: DemoSignIn;
  node: LabNode | undefined;
}

/** Makes the demo person and the lab node, pinned to what the lab says about itself, and has the worker check a node that is new. */
export async function seed({ databaseUrl, sealingKeys, temporal, demo, node }: SeedOptions): Promise<void> {
  const db = createDb(databaseUrl, { max: 2 });
  const keys = readKeys(sealingKeys);
  try {
    const auth = createAuth({ db, secureCookies: false });
    const seeded = await seedDemo({
      db,
      auth,
      vault: createVault(keys),
      ...demo,
      ...(node ? { node: await asDemoNode(node) } : {}),
    });
    if (seeded.nodeId !== undefined && seeded.nodeChanged)
      await startProbe({ ...temporal, codec: createCodec(keys), names: engineNames(db) }, seeded.nodeId);
  } finally {
    await db.$disconnect();
  }
}

async function startProbe(temporal: EngineOptions, nodeId: string): Promise<void> {
  const engine = createEngine(temporal);
  try {
    await engine.probe(nodeId);
  } finally {
    await engine.close();
  }
}

async function asDemoNode(node: LabNode): Promise<DemoNode> {
  const { host, port, tokenId, fingerprint, hostKey, sshUser, sshPort } = node;
  const [tokenSecret, sshPassword] = await Promise.all([
    readFile(node.tokenSecretFile, "utf8"),
    readFile(node.sshPasswordFile, "utf8"),
  ]);
  return {
    name: "lab",
    host,
    port,
    tokenId,
    fingerprint,
    hostKey,
    sshUser,
    sshPort,
    tokenSecret: tokenSecret.trim(),
    sshPassword: sshPassword.trim(),
  };
}
