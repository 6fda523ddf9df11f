// pct as root types it on the node: subcommands, options, texts and exit codes of the real one (pve-container, CLI/pct.pm).

import type { Readable } from "node:stream";
import type { Core } from "../core";
import { pay } from "../costs";
import { changeConfig } from "../guests/change-config";
import { missing } from "../guests/guests";
import { destroy, reboot, shutdown, start, stop } from "../guests/power";
import { nameOf, renderConfig, wireValue } from "../guests/record";
import { lockTimeoutMs } from "../guests/worker";
import { ApiError, messageOf } from "../http/api-error";
import { configSchema } from "../schema/lxc";
import { verify } from "../schema/verify";
import type { MemoryFs } from "../shell/memory-fs";
import type { Io } from "../shell/run";
import type { Session } from "../ssh/node-shell";
import type { Task } from "../tasks/tasks";
import { execInside } from "./exec";
import { pullFile, pushFile } from "./files";
import { journalPct, root } from "./journal-pct";
import { parseOptions, PctUsage } from "./options";

export interface PctCall {
  args: readonly string[];
  io: Io;
  session: Session;
  /** The node's own files. */
  fs: MemoryFs;
  env: Readonly<Record<string, string>>;
  /** The session's standard input when nothing stands before it in a pipe. */
  inherited?: Readable;
}

/** Refused by the API or failed as a task. */
const refused = 255;
/** Perl's exit code for a file that is not there. */
const noSuchFile = 2;

export async function pct(core: Core, call: PctCall): Promise<number> {
  const [verb = "", ...rest] = call.args;
  const time = core.clock.now();
  const vmid = Number(rest.find((word) => /^\d{3,9}$/.test(word)));
  let isNoted = false;
  const note = (status: number): void => {
    if (isNoted) return;
    isNoted = true;
    journalPct(core, {
      time,
      method: "SSH",
      path: `pct ${verb}`,
      vmid: Number.isNaN(vmid) ? null : vmid,
      params: { argv: rest.join(" ") },
      status,
    });
  };
  await pay(core, "pctMs");
  const status = await perform(core, call, () => note(0));
  note(status);
  return status;
}

async function perform(core: Core, call: PctCall, onChannel: () => void): Promise<number> {
  const [verb = "", ...rest] = call.args;
  const complain = (text: string, code: number): number => {
    call.io.stderr(Buffer.from(text.endsWith("\n") ? text : `${text}\n`));
    return code;
  };
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
  if (command === undefined) return complain(`ERROR: unknown command 'pct ${verb}' (or not one the lab has)`, refused);
  try {
    const { positional, options, tail } = parseOptions(verb, rest);
    const vmid = Number(positional[0]);
    if (verb !== "list") {
      if (!Number.isInteger(vmid)) throw new PctUsage("400 not enough arguments");
      // `start` of an unknown VMID is found out by its task; everything else reads the config first.
      if ((core.guests.find(vmid) === undefined || core.faults.elsewhere.has(vmid)) && verb !== "start")
        return complain(missing(core.facts.name, vmid), noSuchFile);
    }
    return await command(core, { ...call, vmid, positional, options, tail, onChannel });
  } catch (failure) {
    if (failure instanceof PctUsage) return complain(failure.message, refused);
    if (failure instanceof ApiError && failure.errors !== undefined) {
      const lines = Object.entries(failure.errors).map(([name, text]) => `${name}: ${text}\n`);
      return complain(`400 ${failure.message}\n${lines.join("")}pct ${verb} <vmid> [OPTIONS]\n`, refused);
    }
    return complain(messageOf(failure), refused);
  }
}

export interface ParsedPct extends PctCall {
  vmid: number;
  positional: readonly string[];
  options: Readonly<Record<string, string>>;
  /** After `--`. */
  tail: readonly string[];
  /** It leads into a guest and stays: its end is not waited for to journal it. */
  onChannel: () => void;
}

type PctCommand = (core: Core, call: ParsedPct) => Promise<number>;

const print = (call: ParsedPct, text: string): number => (call.io.stdout(Buffer.from(text)), 0);

/** pct waits for its task and prints its log; a failed one is 255. */
async function waited(core: Core, call: ParsedPct, task: Promise<Task>): Promise<number> {
  const { exitstatus = "", log } = await core.tasks.ended((await task).upid);
  for (const line of log) if (!line.startsWith("TASK ")) call.io.stdout(Buffer.from(`${line}\n`));
  if (exitstatus === "OK" || exitstatus.startsWith("WARNINGS")) return 0;
  call.io.stderr(Buffer.from(`${exitstatus}\n`));
  return refused;
}

const timeoutOf = (call: ParsedPct) => Number(call.options["timeout"] ?? 60);

const commands: Record<string, PctCommand> = {
  exec: execInside,
  push: pushFile,
  pull: pullFile,
  async list(core, call) {
    const row = ([vmid, status, lock, name]: [string, string, string, string]) =>
      `${vmid.padEnd(10)} ${status.padEnd(10)} ${lock.padEnd(12)} ${name.padEnd(20)}\n`;
    const records = core.guests.all().sort((a, b) => a.vmid - b.vmid);
    if (records.length === 0) return 0;
    const rows = await Promise.all(
      records.map(async (record) =>
        row([
          String(record.vmid),
          (await core.host.running(record.vmid)) ? "running" : "stopped",
          record.options["lock"] ?? "",
          nameOf(record),
        ]),
      ),
    );
    return print(call, row(["VMID", "Status", "Lock", "Name"]) + rows.join(""));
  },
  status: async (core, call) =>
    print(call, `status: ${(await core.host.running(call.vmid)) ? "running" : "stopped"}\n`),
  config(core, call) {
    const record = core.guests.get(call.vmid);
    const shown = { ...record, pending: {} };
    const description = record.options["description"];
    if (description !== undefined)
      shown.options = {
        ...record.options,
        description: encodeURIComponent(String(wireValue("description", description))),
      };
    return Promise.resolve(print(call, renderConfig(shown)));
  },
  async set(core, call) {
    await changeConfig(core, root, verify({ ...call.options, node: core.facts.name, vmid: call.vmid }, configSchema));
    return 0;
  },
  async unlock(core, call) {
    await core.flocks.with(call.vmid, lockTimeoutMs, async () => {
      const record = core.guests.get(call.vmid);
      if (record.options["lock"] === undefined) throw new Error("no lock found trying to remove any lock");
      const { lock: _, ...options } = record.options;
      core.guests.save({ ...record, options });
      await Promise.resolve();
    });
    return 0;
  },
  start: (core, call) => waited(core, call, start(core, root, call.vmid)),
  stop: (core, call) => waited(core, call, stop(core, root, call.vmid)),
  shutdown: (core, call) =>
    waited(
      core,
      call,
      shutdown(core, root, {
        vmid: call.vmid,
        timeoutS: timeoutOf(call),
        forceStop: call.options["forceStop"] === "1",
      }),
    ),
  reboot: (core, call) => waited(core, call, reboot(core, root, { vmid: call.vmid, timeoutS: timeoutOf(call) })),
  destroy: (core, call) =>
    waited(
      core,
      call,
      destroy(core, root, {
        vmid: call.vmid,
        force: call.options["force"] === "1",
        purge: call.options["purge"] === "1",
      }),
    ),
};
