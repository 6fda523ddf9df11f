// The lab's disk, read past every part that is under test: what truly is on the node.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface GuestFact {
  vmid: number;
  hostname: string;
  /** The container that its description names; null when it does not carry our tag. */
  containerId: string | null;
  lock: string | null;
  running: boolean;
  units: { name: string; state: "running" | "exited" | "interrupted"; output: string }[];
  /** Everything in it that nobody but its owner may read. */
  secrets: string[];
}

interface KeptRecord {
  vmid: number;
  options: Record<string, string>;
}
interface KeptGuest {
  startedAt: number | null;
  units: Record<string, { state: GuestFact["units"][number]["state"] }>;
  fs: { files: Record<string, { text: string }> };
}

const MARK = /Homeport container ([0-9a-f-]{36})/;
const SERVICES = "/var/lib/homeport/services/";
const SECRETS = "/var/lib/homeport/secrets/";

export function readGuests(labDir: string): GuestFact[] {
  const folder = path.join(labDir, "guests");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d+\.json$/.test(name))
    .map((name) => readGuest(labDir, Number(name.replace(".json", ""))));
}

function readGuest(labDir: string, vmid: number): GuestFact {
  const options = read<KeptRecord>(path.join(labDir, "guests", `${vmid}.json`))?.options ?? {};
  const inside = read<KeptGuest>(path.join(labDir, "memory", `${vmid}.json`));
  const files = inside?.fs.files ?? {};
  const under = (prefix: string): string[] =>
    Object.entries(files)
      .filter(([name]) => name.startsWith(prefix))
      .map(([, { text }]) => text);
  const credentials = under(SERVICES).flatMap((text) =>
    Object.values((JSON.parse(text) as { credentials?: Record<string, string> }).credentials ?? {}),
  ); // the guest's own file
  return {
    vmid,
    hostname: options.hostname ?? "",
    containerId: MARK.exec(safeDecode(options.description ?? ""))?.[1] ?? null,
    lock: options.lock ?? null,
    running: (inside?.startedAt ?? null) !== null,
    units: Object.entries(inside?.units ?? {}).map(([name, { state }]) => ({
      name,
      state,
      output: Buffer.from(files[`/var/lib/homeport/units/${name}/output`]?.text ?? "", "latin1").toString("utf8"),
    })),
    secrets: [...credentials, ...under(SECRETS).map((text) => text.trim())],
  };
}

/** A guest's whole state as one word: equal words, equal bytes. */
export function snapshotGuest(labDir: string, vmid: number): string {
  const parts = [path.join(labDir, "guests", `${vmid}.json`), path.join(labDir, "memory", `${vmid}.json`)].map((file) =>
    existsSync(file) ? readFileSync(file) : Buffer.from("gone"),
  );
  return createHash("sha256").update(Buffer.concat(parts)).digest("hex");
}

function read<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : undefined; // written by the lab
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
