// What the browser tests know of the product under test beside its pages: the lab behind it, and the demo person.
import { readFileSync } from "node:fs";
import path from "node:path";
import { connectLab, type RemoteLab } from "@homeport/lab";
import type { StackInfo } from "../scripts/stack/stack";

export interface E2eInfo extends StackInfo {
  home: string;
}

export function readInfo(): E2eInfo {
  const file = process.env.HOMEPORT_E2E_INFO;
  if (!file) throw new Error("HOMEPORT_E2E_INFO is set by playwright.config.ts");
  return JSON.parse(readFileSync(file, "utf8")) as E2eInfo; // written by scripts/e2e-stack.ts
}

export function labNode(): NonNullable<StackInfo["lab"]["node"]> {
  const { node } = readInfo().lab;
  if (!node) throw new Error("the stack runs without a lab");
  return node;
}

export function lab(): RemoteLab {
  return connectLab({ stateDir: path.join(readInfo().home, "lab"), port: labNode().port });
}

/** The lab's own secrets, as the person who installed it has them. */
export function labSecrets(): { tokenSecret: string; sshPassword: string } {
  const node = labNode();
  return {
    tokenSecret: readFileSync(node.tokenSecretFile, "utf8").trim(),
    sshPassword: readFileSync(node.sshPasswordFile, "utf8").trim(),
  };
}
