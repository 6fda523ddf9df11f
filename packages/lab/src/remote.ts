// The fault API of a lab that runs in another process, found by its state directory.

import { readFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import type { FaultApi } from "./faults/api";
import type { LabUsers } from "./users";

export interface RemoteLab {
  faults: FaultApi;
  users: LabUsers;
}

/** `stateDir` and `port` as the lab's ready line gives them. */
export function connectLab(at: { stateDir: string; port: number }): RemoteLab {
  const secret = readFileSync(join(at.stateDir, "lab-secret"), "utf8").trim();
  const group = <T extends object>(name: string): T =>
    new Proxy({} as T, {
      // every property is a call of the same name on the other side
      get: (_target, call) => (argument?: unknown) => post(`/lab/${name}/${String(call)}`, argument),
    });

  const post = (path: string, argument: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      const body = argument === undefined ? "" : JSON.stringify(argument);
      const request = https.request(
        // The lab listens on loopback and its certificate changes by fault: the secret is what tells who is who.
        {
          host: "127.0.0.1",
          port: at.port,
          path,
          method: "POST",
          rejectUnauthorized: false,
          agent: false,
          headers: { Authorization: `Bearer ${secret}`, "Content-Length": Buffer.byteLength(body) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const answer = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { value?: unknown; error?: string }; // http.ts
            if (answer.error === undefined) resolve(answer.value);
            else reject(new Error(answer.error));
          });
        },
      );
      request.on("error", reject);
      request.end(body);
    });

  return { faults: group<FaultApi>("faults"), users: group<LabUsers>("users") };
}
