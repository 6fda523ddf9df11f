// The demo person, who owns the lab node from the first start on. Safe to run at every start.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createDb, type Db } from "../../prisma/src/client";
import type { LabNode } from "./lab";
import { ROOT } from "./paths";
import type { DemoSignIn } from "./secrets";

export interface SeedOptions {
  env: NodeJS.ProcessEnv;
  demo: DemoSignIn;
  node: LabNode | undefined;
}

export interface SeedNode {
  name: string;
  host: string;
  port: number;
  tokenId: string;
  tokenSecret: string;
  sshUser: string;
  sshPort: number;
  sshPassword: string;
  tlsFingerprint: string;
  sshHostKey: string;
}

interface SeedModule {
  seedDemo: (input: { db: Db; email: string; password: string; node: SeedNode | undefined }) => Promise<{ nodeId?: string }>;
}

/** Makes the demo person and the lab node, with what the lab says about itself as its pins. */
export async function seed({ env, demo, node }: SeedOptions): Promise<void> {
  const file = path.join(ROOT, "packages/api/src/seed.ts");
  if (!existsSync(file)) return;
  Object.assign(process.env, env);
  const { seedDemo } = (await import(file)) as SeedModule;
  const db = createDb(env.DATABASE_URL ?? "", { max: 2 });
  try {
    await seedDemo({ db, ...demo, node: node && (await asSeed(node)) });
  } finally {
    await db.$disconnect();
  }
}

async function asSeed(node: LabNode): Promise<SeedNode> {
  const [tokenSecret, sshPassword] = await Promise.all([node.tokenSecretFile, node.sshPasswordFile].map((file) => readFile(file, "utf8")));
  return {
    name: "lab",
    host: node.host,
    port: node.port,
    tokenId: node.tokenId,
    tokenSecret: (tokenSecret ?? "").trim(),
    sshUser: node.sshUser,
    sshPort: node.sshPort,
    sshPassword: (sshPassword ?? "").trim(),
    tlsFingerprint: node.fingerprint,
    sshHostKey: node.hostKey,
  };
}
