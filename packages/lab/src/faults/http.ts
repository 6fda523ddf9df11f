// The fault API for other processes: POST /lab/faults/<name> with JSON, authorised by the lab's own secret.

import type { IncomingMessage, ServerResponse } from "node:http";
import { messageOf } from "../http/api-error";
import { collect } from "../streams";
import type { LabUsers } from "../users";
import type { FaultApi } from "./api";

/** True when the request was for the lab itself. */
export function labRequests(
  secret: string,
  parts: { faults(): FaultApi; users(): LabUsers },
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (!path.startsWith("/lab/")) return false;
    if (request.headers.authorization !== `Bearer ${secret}`) {
      request.resume();
      answer(response, 401, { error: "The lab's secret is in the file lab-secret of its state directory." });
      return true;
    }
    void perform(request, path, parts).then(
      (value) => answer(response, 200, { value: value ?? null }),
      (failure: unknown) => answer(response, 400, { error: messageOf(failure) }),
    );
    return true;
  };
}

async function perform(
  request: IncomingMessage,
  path: string,
  parts: { faults(): FaultApi; users(): LabUsers },
): Promise<unknown> {
  const body = (await collect(request)).toString("utf8");
  const [, , group = "", name = ""] = path.split("/");
  const target = targetOf(group, parts);
  const call = new Map(Object.entries(target ?? {})).get(name) as ((argument: unknown) => unknown) | undefined; // methods of ours
  if (typeof call !== "function") throw new Error(`no such call: ${path}`);
  return call(body === "" ? undefined : JSON.parse(body));
}

function targetOf(group: string, parts: { faults(): FaultApi; users(): LabUsers }): FaultApi | LabUsers | undefined {
  if (group === "faults") return parts.faults();
  return group === "users" ? parts.users() : undefined;
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json", Connection: "close" });
  response.end(JSON.stringify(value));
}
