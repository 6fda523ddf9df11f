// How a request is written so that Proxmox reads what we meant.
import { ProxmoxError } from "./error";

export type Params = Readonly<Record<string, string | number | boolean | undefined>>;

/** Builds a path; every value in it is percent-encoded. */
export function path(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return parts
    .map((part, index) => part + (index < values.length ? encodeURIComponent(values[index] ?? "") : ""))
    .join("");
}

/**
 * Parameters as `application/x-www-form-urlencoded`. Undefined ones are left out. An empty value is refused here: Proxmox decodes
 * `key=` to "given, but undefined" and may write a blank option (pve-http-server AnyEvent.pm `decode_urlencoded`).
 */
export function encodeParams(params: Params): string {
  const encoded = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined) continue;
    if (value === "")
      throw new ProxmoxError("invalid", `${key} must not be empty; leave it out, or delete it.`, {
        fields: { [key]: "must not be empty" },
      });
    encoded.set(key, typeof value === "boolean" ? String(Number(value)) : String(value));
  }
  return encoded.toString();
}
