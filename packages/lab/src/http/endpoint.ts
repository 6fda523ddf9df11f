// One call of the API: method, path, who may, with what, does which.

import type { Actor } from "../access/actor";
import type { Core } from "../core";
import type { Broadcast } from "../guests/broadcast";
import type { Params, Schema } from "../schema/verify";
import type { Upload } from "./multipart";

export interface Call {
  core: Core;
  broadcast: Broadcast;
  actor: Actor;
  params: Params;
  /** The file of an upload. */
  upload?: Upload;
}

/** Answer with a `total` beside `data`. */
export class Listing {
  constructor(
    readonly data: unknown,
    readonly total: number,
  ) {}
}

export interface Endpoint {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** `/nodes/{node}/lxc/{vmid}/config`; every `{name}` is also in the schema. */
  path: string;
  /** Anybody may call it, without signing in. */
  open?: true;
  schema: Schema;
  /** Throws a 403; asked before the parameters are looked at, with the path's own parameters. */
  allow?(call: Omit<Call, "params">, path: Readonly<Record<string, string>>): void;
  handle(call: Call): unknown;
}
