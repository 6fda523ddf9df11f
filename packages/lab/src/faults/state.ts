// Faults that are on right now; the HTTP server, tasks and SSH server ask here.

/** Matches a request: method exactly, path by text it contains (without /api2/json). */
interface Match {
  method?: string;
  path?: string;
}

export interface ReplyFault extends Match {
  /** "lose" executes and cuts the connection; "drop" cuts without executing; "delay" executes and answers late; "answer" only answers. */
  kind: "lose" | "drop" | "delay" | "answer";
  times: number;
  delayMs?: number;
  status?: number;
  reason?: string;
  body?: string;
}

export interface TaskFault {
  /** Task type such as `vzcreate`; all when absent. */
  type?: string;
  vmid?: number;
  times: number;
  delayMs?: number;
  /** The task ends with this error. */
  error?: string;
  /** The task's process dies: `unexpected status`. */
  die?: boolean;
}

export interface FaultState {
  replies: ReplyFault[];
  tasks: TaskFault[];
  /** Of the tasks that are being delayed: aborted, they go on. */
  delays: Set<AbortController>;
  /** Until then (epoch ms) every HTTPS connection is destroyed. */
  unreachableUntil: number;
  sshRefusedUntil: number;
  noQuorum: boolean;
  /** What root's shell prints before each command, to both streams. */
  shellPrints: string;
  /** Guests that were moved to another node of the cluster, by VMID. */
  elsewhere: Map<number, string>;
  /** VMIDs whose drop-ssh has already happened. */
  dropped: Set<number>;
}

export function noFaults(): FaultState {
  return {
    replies: [],
    tasks: [],
    delays: new Set(),
    unreachableUntil: 0,
    sshRefusedUntil: 0,
    noQuorum: false,
    shellPrints: "",
    elsewhere: new Map(),
    dropped: new Set(),
  };
}

/** Uses up one of the fault's times. */
export function takeReplyFault(state: FaultState, method: string, path: string): ReplyFault | undefined {
  const fault = state.replies.find(
    (candidate) =>
      (candidate.method === undefined || candidate.method === method) &&
      (candidate.path === undefined || path.includes(candidate.path)),
  );
  return fault === undefined ? undefined : spend(state.replies, fault);
}

export function takeTaskFault(state: FaultState, type: string, vmid: number): TaskFault | undefined {
  const fault = state.tasks.find(
    (candidate) =>
      (candidate.type === undefined || candidate.type === type) &&
      (candidate.vmid === undefined || candidate.vmid === vmid),
  );
  return fault === undefined ? undefined : spend(state.tasks, fault);
}

function spend<T extends { times: number }>(list: T[], fault: T): T {
  fault.times -= 1;
  if (fault.times <= 0) list.splice(list.indexOf(fault), 1);
  return fault;
}
