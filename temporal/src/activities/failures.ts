// Whether trying again can help, and what to tell the person: the only place where that is decided.
import { isDatabaseAway } from "@homeport/db/database-away";
import type { NodeReasonCode } from "@homeport/domain/node/node-reason";
import { nodeReasonText } from "@homeport/domain/text/node-reason";
import { waitingText } from "@homeport/domain/text/waiting";
import { mapWaitReason, type NodeTrouble, type WaitReason } from "@homeport/domain/run/waiting";
import { GuestAnswerError } from "@homeport/guest";
import { ProxmoxError, type ProxmoxErrorKind } from "@homeport/proxmox";
import { PctError, type PctErrorKind, type SshAuthReason, SshError, type SshErrorKind } from "@homeport/ssh";
import { plainText } from "./output/harmless";
import type { Redactor } from "./output/redactor";
import type { Transport } from "./ports";

/** We know that it cannot work as it is; `message` is for the person. */
export class StepFailure extends Error {
  override readonly name = "StepFailure";
}

/** The node is not contacted: its row says why. */
export class NodeLeftAlone extends StepFailure {
  constructor(
    message: string,
    readonly reason: NodeReasonCode,
  ) {
    super(message);
  }
}

/** Thrown into a worker that was given up for dead and woke again: another one does this step now, or it is over. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}

/** It cannot go on now, but will. */
export class StepWait extends Error {
  override readonly name = "StepWait";
  constructor(readonly reason: WaitReason) {
    super(waitingText(reason));
  }
}

export interface Trouble {
  /** Counted per kind, so that a node that was away does not use up the tries of a script. */
  kind: string;
  /** `wait`: as long as it takes · `some`: a few tries, it may pass · `final`: trying again cannot help. */
  retry: "wait" | "some" | "final";
  transport: Transport;
  /** For the person, at most 512 bytes, no secret. */
  words: string;
  /** Of one that waits: what for. */
  waits?: WaitReason;
  /** What it means for the state of the node itself. */
  nodeReason?: NodeReasonCode;
  /** The node is not who it was. */
  seen?: { tlsFingerprint?: string; sshHostKey?: string };
}

export const SOME_TRIES = 4;
/** The column's limit (run_step_error_length). */
const MOST_BYTES = 512;

/** Where the person reads it: at a step, which can be retried once the node is mended, or at the node itself, with its fields at hand. */
export type Place = "step" | "node";

interface At {
  under: string;
  retry: string;
  retryTwice: string;
}

const places: Record<Place, At> = {
  step: { under: " under Nodes", retry: ", then retry", retryTwice: ", then retry: nothing is done twice" },
  node: { under: "", retry: "", retryTwice: "" },
};

/** Final or tried a few times, with its text; or waited for. */
type Judgement<Text> = (
  | { retry: "some" | "final"; words: Text }
  | { waits: (node: string, text: string) => WaitReason }
) & { nodeReason?: (node: string, text: string) => NodeReasonCode };
const waitsFor = (why: NodeTrouble) => ({ waits: (node: string): WaitReason => ({ on: "node", node, why }) });

const proxmox: Record<ProxmoxErrorKind, Judgement<(node: string, text: string, at: At) => string>> = {
  unreachable: {
    ...waitsFor("unreachable"),
    nodeReason: (node) => ({ why: "unreachable", node, at: null, cause: null }),
  },
  no_quorum: waitsFor("no_quorum"),
  locked: { waits: (_, text) => ({ on: "locked", text }) },
  busy: {
    waits: (node, text) =>
      /can't lock file/.test(text) ? { on: "node", node, why: "lock_held" } : { on: "busy_node", node, text },
  },
  certificate: {
    retry: "final",
    words: (node, _, at) =>
      `Node ${node} shows another certificate than the confirmed one. Nothing was sent to it. Compare and confirm it${at.under}.`,
  },
  auth: {
    retry: "final",
    words: (node, _, at) => `Node ${node} refused the API token. Check it${at.under}${at.retryTwice}.`,
    nodeReason: (node) => ({ why: "token_refused", node }),
  },
  permission: {
    retry: "final",
    words: (node, text, at) => `The API token of node ${node} lacks a privilege: ${text} Grant it${at.retryTwice}.`,
    nodeReason: (node, text) => ({ why: "privilege", node, text }),
  },
  invalid: { retry: "final", words: (_, text) => `Proxmox refused it: ${text}` },
  exists: { retry: "final", words: (_, text) => `The VMID is taken: ${text}` },
  missing: { retry: "final", words: (node) => `The container is not on node ${node} any more.` },
  unsupported: { retry: "final", words: (_, text) => `Proxmox cannot do this: ${text}` },
  not_running: { retry: "some", words: () => "The container does not run." },
  already_running: { retry: "some", words: () => "The container runs already." },
  malformed: { retry: "some", words: (node) => `Node ${node} gave an answer that is not Proxmox's.` },
  server: { retry: "some", words: (_, text) => `Proxmox failed: ${text}` },
};

/** The node is named only where it was asked. */
const auth: Record<SshAuthReason, (node: string, at: At) => string> = {
  key_unreadable: (node, at) =>
    `The SSH private key that is kept for node ${node} cannot be read, so nobody tried to sign in. Enter it again${at.under}.`,
  key_passphrase: (node, at) =>
    `The SSH private key that is kept for node ${node} has a passphrase, so nobody tried to sign in. Enter one without${at.under}: ssh-keygen -p -N "" -f COPY makes it.`,
  key_only: (node, at) =>
    `Node ${node} takes no password over SSH, only a key. Give it a private key${at.under}, and put its public half into ~/.ssh/authorized_keys there.`,
  password_only: (node, at) =>
    `Node ${node} takes no key over SSH, only a password. Enter the password${at.under}, or allow PubkeyAuthentication in its sshd_config.`,
  key_refused: (node) =>
    `Node ${node} refused the SSH key. Its public half must be in ~/.ssh/authorized_keys of this user, and the user allowed to sign in (sshd_config: PermitRootLogin, AllowUsers).`,
  password_refused: (node, at) =>
    `Node ${node} refused the SSH password. Check user and password${at.under}; root may be allowed to sign in with a key only (sshd_config: PermitRootLogin).`,
  second_factor: (node) =>
    `Node ${node} asks for a second factor over SSH, which nobody is there to answer. Give Homeport a user or a key that signs in without one (sshd_config: AuthenticationMethods).`,
  refused: (node, at) => `Node ${node} refused the SSH sign-in. Check user and password or key${at.under}${at.retry}.`,
};

type SshText = (node: string, text: string, at: At & { reason?: SshAuthReason }) => string;
const ssh: Record<SshErrorKind, Judgement<SshText>> = {
  unreachable: waitsFor("ssh_unreachable"),
  closed: waitsFor("ssh_lost"),
  timeout: waitsFor("ssh_silent"),
  aborted: waitsFor("ssh_ended"),
  host_key: {
    retry: "final",
    words: (node, _, at) =>
      `Node ${node} shows another SSH host key than the confirmed one. Nobody signed in. Compare and confirm it${at.under}.`,
  },
  auth: { retry: "final", words: (node, _, { reason = "refused", ...at }) => auth[reason](node, at) },
  shell: {
    retry: "final",
    words: (node, text, at) =>
      `The login shell of the SSH user on node ${node} does not run commands as a POSIX shell does${/ it answered “[^”]+”/.exec(text)?.[0].replace(" it", ": it") ?? ""}. Give that user /bin/bash (chsh -s /bin/bash USER on the node)${at.retry}.`,
  },
};

const pct: Record<PctErrorKind, { retry: Trouble["retry"]; words: (text: string, node: string) => string }> = {
  missing: { retry: "final", words: (_, node) => `The container is not on node ${node} any more.` },
  not_running: { retry: "some", words: () => "The container does not run." },
  invalid: { retry: "final", words: (text) => `pct refused it: ${text}` },
  failed: { retry: "some", words: (text) => `pct failed: ${text}` },
};

/** What `error` means for the step. An unknown error is our own bug or our own database: it is tried again for a while. */
export function explain(
  error: unknown,
  node: string,
  { redactor, place = "step" }: { redactor?: Redactor; place?: Place } = {},
): Trouble {
  const { waits, nodeReason, ...trouble } = judge(error, node, places[place]);
  const clean = (text: string): string => {
    const plain = plainText(text);
    // Before it is cut: half a secret is not found any more.
    return cut(redactor?.text(plain) ?? plain);
  };
  return {
    ...trouble,
    words: clean(trouble.words),
    ...(waits === undefined ? {} : { waits: mapWaitReason(waits, clean) }),
    ...(nodeReason === undefined
      ? {}
      : { nodeReason: nodeReason.why === "privilege" ? { ...nodeReason, text: clean(nodeReason.text) } : nodeReason }),
  };
}

function judge(error: unknown, node: string, at: At): Trouble {
  if (error instanceof StepFailure) return { kind: "step", retry: "final", transport: "other", words: error.message };
  if (error instanceof StepWait) return waiting("wait", "other", error.reason);
  if (error instanceof Superseded) return waiting("superseded", "other", { on: "other_worker" });
  if (error instanceof ProxmoxError) {
    const known = proxmox[error.kind];
    // The client names the fields in its message already, unless it was made elsewhere.
    const fields = Object.entries(error.fields ?? {})
      .map(([field, why]) => `${field}: ${why}`)
      .filter((one) => !error.message.includes(one));
    const text = oneLine([error.message, ...fields].join(" "));
    const kind = `proxmox-${error.kind}`;
    const nodeReason = known.nodeReason?.(node, text);
    const ofNode = nodeReason === undefined ? {} : { nodeReason };
    if ("waits" in known)
      return { ...waiting(kind, error.kind === "unreachable" ? "api" : "other", known.waits(node, text)), ...ofNode };
    const seen =
      error.kind === "certificate" && error.seenFingerprint ? { seen: { tlsFingerprint: error.seenFingerprint } } : {};
    const words = nodeReason && at === places.node ? nodeReasonText(nodeReason) : known.words(node, text, at);
    return { kind, retry: known.retry, transport: "other", words, ...ofNode, ...seen };
  }
  if (error instanceof SshError) {
    const known = ssh[error.kind];
    const kind = `ssh-${error.kind}`;
    if ("waits" in known) return waiting(kind, "ssh", known.waits(node, error.message));
    const seen = error.kind === "host_key" && error.seenHostKey ? { seen: { sshHostKey: error.seenHostKey } } : {};
    const place = { ...at, ...(error.auth === undefined ? {} : { reason: error.auth }) };
    return { kind, retry: known.retry, transport: "ssh", words: known.words(node, error.message, place), ...seen };
  }
  if (error instanceof PctError) {
    const { retry, words } = pct[error.kind];
    return { kind: `pct-${error.kind}`, retry, transport: "other", words: words(oneLine(error.message), node) };
  }
  if (error instanceof GuestAnswerError)
    return {
      kind: "guest-answer",
      retry: "some",
      transport: "other",
      words: `The container does not answer as Homeport's part in it does: ${oneLine(error.message)}. Something in it, run as root, changes that.`,
    };
  if (isDatabaseBusy(error)) return waiting("database", "other", { on: "database" });
  return {
    kind: "homeport",
    retry: "some",
    transport: "other",
    words: "Homeport failed at this step; its log says more.",
  };
}

const waiting = (kind: string, transport: Transport, waits: WaitReason): Trouble => ({
  kind,
  retry: "wait",
  transport,
  waits,
  words: waitingText(waits),
});

/** It will answer again, or another transaction was in the way (P2034); a bad query of ours is neither. */
function isDatabaseBusy(error: unknown): boolean {
  return (
    isDatabaseAway(error) ||
    (error instanceof Error && (error.name === "DriverAdapterError" || ("code" in error && error.code === "P2034")))
  );
}

export function cut(text: string, mostBytes: number = MOST_BYTES): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= mostBytes) return text;
  // A character cut in half becomes U+FFFD, which is dropped; "…" takes three bytes.
  return `${bytes
    .subarray(0, mostBytes - 3)
    .toString("utf8")
    .replace(/\uFFFD+$/, "")}…`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Words of a trouble that stand alone: "Node pve is unreachable." */
export const sentence = (words: string): string =>
  `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;
