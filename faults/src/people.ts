// People with browsers: they call the procedures as the dashboard does, and every call and answer is kept.
import { createCaller } from "@homeport/api/root";
import { createContext } from "@homeport/api/context";
import type { Deps } from "@homeport/api/deps";

type Caller = ReturnType<typeof createCaller>;

/** One request of one person, with what came back: what the history checker believes was promised. */
export interface Operation {
  at: number;
  by: string;
  procedure: string;
  input: unknown;
  /** What the procedure answered; undefined when it refused or nothing came back. */
  answer?: unknown;
  refusal?: string;
}

export interface Person {
  id: string;
  name: string;
  cookie(): string;
  /** Where they make containers. */
  projectId: string;
  ask<T>(procedure: string, input: unknown, call: (caller: Caller) => Promise<T>): Promise<T>;
}

export const PASSWORD = "my lab hums at night";

export async function signUp(deps: Deps, name: string, operations: Operation[]): Promise<Person> {
  let cookie = "";
  const caller = async (): Promise<{ caller: Caller; keep: () => void }> => {
    const headers = new Headers({
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      "user-agent": "fault suite",
      ...(cookie === "" ? {} : { cookie }),
    });
    const resHeaders = new Headers();
    const context = await createContext({ req: { headers }, resHeaders, peer: "192.0.2.1", deps });
    return {
      caller: createCaller(context),
      keep: () => {
        cookie = resHeaders.getSetCookie().at(-1)?.split(";")[0] ?? cookie;
      },
    };
  };
  const ask: Person["ask"] = async (procedure, input, call) => {
    const operation: Operation = { at: Date.now(), by: name, procedure, input };
    operations.push(operation);
    try {
      const { caller: mine, keep } = await caller();
      const answer = await call(mine);
      keep();
      operation.answer = plain(answer);
      return answer;
    } catch (error) {
      operation.refusal = error instanceof Error ? error.message : String(error);
      throw error;
    }
  };
  const email = `${name.toLowerCase()}@example.com`;
  const { id } = await ask("auth.signUp", { name, email }, (mine) =>
    mine.auth.signUp({ name, email, password: PASSWORD }),
  );
  const { landing } = await (await caller()).caller.projects.list();
  return { id, name, projectId: landing.id, cookie: () => cookie, ask };
}

/** As it goes over the wire. */
function plain(answer: unknown): unknown {
  if (answer === undefined || (typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer))
    return "stream";
  return JSON.parse(
    JSON.stringify(answer, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
  ) as unknown;
}
