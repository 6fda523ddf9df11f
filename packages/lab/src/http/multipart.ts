// The one call that takes a file: POST …/storage/{storage}/upload as multipart/form-data (pve-http-server, AnyEvent.pm file_upload_multipart).

import type { IncomingMessage } from "node:http";
import type { Given } from "../schema/verify";
import { messageOf } from "./api-error";
import { HttpRefusal } from "./request-body";

export interface Upload {
  /** As the client calls it. */
  name: string;
  bytes: Uint8Array;
}

/** The lab holds an upload in memory for a moment. */
const limitBytes = 512 * 1024 ** 2;

export function isUpload(request: IncomingMessage): boolean {
  const path = (request.url ?? "").split("?")[0] ?? "";
  const type = request.headers["content-type"] ?? "";
  return (
    request.method === "POST" &&
    /^\/api2\/json\/nodes\/[^/]+\/storage\/[^/]+\/upload$/.test(path) &&
    type.startsWith("multipart/form-data")
  );
}

export function refuseUpload(request: IncomingMessage): void {
  if (request.headers["transfer-encoding"] !== undefined)
    throw new HttpRefusal(501, "chunked transfer encoding not supported");
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) throw new HttpRefusal(501, "for data too large");
}

/** The fields, `filename` being the file's own name, and the file. */
export async function readUpload(request: IncomingMessage): Promise<{ given: Given; upload: Upload }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array)); // a request streams bytes
  const answer = new Response(Buffer.concat(chunks), {
    headers: { "Content-Type": request.headers["content-type"] ?? "" },
  });
  const form = await answer.formData().catch((failure: unknown) => {
    throw new HttpRefusal(501, `upload failed: ${messageOf(failure)}`);
  });
  const entries = [...form.entries()];
  const file = entries.find(([name, value]) => name === "filename" && typeof value !== "string")?.[1];
  if (file === undefined || typeof file === "string")
    throw new HttpRefusal(501, "upload without a file in the field 'filename'");
  const fields = entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
  const upload = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  return { given: { ...Object.fromEntries(fields), filename: file.name }, upload };
}
