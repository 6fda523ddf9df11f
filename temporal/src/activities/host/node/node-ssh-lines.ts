// Whether Homeport can work inside containers: SSH, and pct at its other end.
import type { NodeReportLine } from "@homeport/domain/node/node-report";
import { networkCauseText } from "@homeport/domain/text/node-reason";
import { SshError } from "@homeport/ssh";
import { explain } from "../../failures";
import { networkCause } from "../../network-cause";
import type { Host } from "../deps";

const SSH = { id: "ssh", label: "SSH sign-in" } as const;
const PCT = { id: "pct", label: "pct on the node" } as const;

/** It does no harm here; scp, rsync and other tools stumble over it. */
const talks = (greeting: string): string =>
  `The login shell prints “${greeting.slice(0, 80)}” before each command: Homeport leaves it out. To print it for people only, put [ -t 1 ] && before it in ~/.bashrc`;

export async function sshLines(host: Host, signal: AbortSignal): Promise<NodeReportLine[]> {
  if (!host.hasSsh) {
    const detail =
      "Not set up, or its host key is not confirmed: containers can be made, but nothing can be installed in them.";
    return [
      { ...SSH, state: "warning", detail },
      { ...PCT, state: "skipped", detail: "Needs SSH." },
    ];
  }
  try {
    const ssh = await host.ssh();
    const { code, stderr, greeting } = await ssh.exec(["pct", "list"], { signal, timeoutMs: 30_000 });
    const signedIn: NodeReportLine = {
      ...SSH,
      state: "ok",
      detail: `signed in, host key as confirmed${greeting === "" ? "" : `. ${talks(greeting)}`}`,
    };
    if (code === 0) return [signedIn, { ...PCT, state: "ok", detail: "answers" }];
    return [
      signedIn,
      {
        ...PCT,
        state: "failed",
        detail: `pct list ended with ${code ?? "no exit code"}: ${stderr.trim().slice(0, 200)}. Sign in as root, or as a user that may run pct.`,
      },
    ];
  } catch (error) {
    if (!(error instanceof SshError) || error.kind === "host_key" || error.kind === "aborted") throw error;
    const cause = error.kind === "unreachable" ? networkCause(error) : undefined;
    const { words } = explain(error, host.name, { place: "node" });
    return [
      { ...SSH, state: "failed", detail: cause === undefined ? words : `${words}: ${networkCauseText(cause)}` },
      { ...PCT, state: "skipped", detail: "Needs SSH." },
    ];
  }
}
