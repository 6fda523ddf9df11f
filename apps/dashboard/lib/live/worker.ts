// The shared worker: one for all tabs and windows of a person in this browser, it holds their only event connection.
import { createHub } from "./hub";
import { serve } from "./serve";
import { streamOf } from "./stream";

/** Of TypeScript's "WebWorker" library, which does not go together with "DOM". */
interface SharedWorkerScope {
  name: string;
  onconnect: ((event: MessageEvent) => void) | null;
}

const scope = globalThis as unknown as SharedWorkerScope; // this file runs only there
const hub = createHub(streamOf(scope.name));
scope.onconnect = ({ ports }) => {
  for (const port of ports) serve(hub, port);
};
