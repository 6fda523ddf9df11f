// What Homeport needs of a Temporal namespace: its search attributes, and closed runs kept long enough to be looked at.
import { Connection } from "@temporalio/client";
import proto from "@temporalio/proto"; // CommonJS whose names Node cannot see: only its default is there
import { connect } from "node:net";

/** Temporal's IndexedValueType by name; the workflows set these so that runs are found in the Temporal UI. */
export const searchAttributes = {
  HomeportNode: "Keyword",
  HomeportTemplate: "Keyword",
  HomeportUser: "Keyword",
  HomeportStatus: "Keyword",
  HomeportVmid: "Int",
} as const;

const { IndexedValueType } = proto.temporal.api.enums.v1;
const indexedValueType = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
} as const;
const KEPT_DAYS = 30;
const OTHERS_ANSWER_WITHIN_MS = 5_000;
/** It was ready a moment ago; a machine that builds the dashboard beside it may keep it from answering for a while. */
const OURS_ANSWERS_WITHIN_MS = 60_000;

export interface TemporalAt {
  address: string;
  namespace: string;
  /** Our own server forgets closed runs after a day unless told otherwise; somebody else's retention is theirs. */
  ours: boolean;
}

/** Registers what is missing. Throws a message for the screen when the server cannot be reached. */
export async function prepareNamespace({ address, namespace, ours }: TemporalAt): Promise<void> {
  const connectTimeout = ours ? OURS_ANSWERS_WITHIN_MS : OTHERS_ANSWER_WITHIN_MS;
  const connection = await Connection.connect({ address, connectTimeout }).catch((cause: unknown) => {
    const why = ours
      ? `Homeport's own Temporal server was started, and has not answered at ${address} for ${connectTimeout / 1_000} seconds. Its log says what it does; start Homeport again when the machine has less to do.`
      : `No Temporal server answers at ${address} (TEMPORAL_ADDRESS). Start it, or unset TEMPORAL_ADDRESS to let Homeport run its own.`;
    throw new Error(why, { cause });
  });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(searchAttributes).filter(([name]) => !(name in customAttributes));
    if (missing.length > 0) {
      const wanted = Object.fromEntries(missing.map(([name, type]) => [name, indexedValueType[type]]));
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: wanted });
    }
    if (ours) await keepClosedRuns(connection, namespace);
  } finally {
    await connection.close();
  }
}

/** True when the server answers for its default namespace. */
export async function temporalAnswers(address: string): Promise<boolean> {
  // A refused connection makes gRPC wait before it tries again: a plain one is refused at once.
  if (!(await accepts(address))) return false;
  try {
    const connection = await Connection.connect({ address, connectTimeout: 500 });
    try {
      await connection.workflowService.describeNamespace({ namespace: "default" });
    } finally {
      await connection.close();
    }
    return true;
  } catch {
    return false;
  }
}

function accepts(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 1_000 });
    const answer = (yes: boolean) => () => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", answer(true)).once("error", answer(false)).once("timeout", answer(false));
  });
}

async function keepClosedRuns(connection: Connection, namespace: string): Promise<void> {
  const seconds = KEPT_DAYS * 86_400;
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) === seconds) return;
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: { seconds: seconds as never } },
  });
}
