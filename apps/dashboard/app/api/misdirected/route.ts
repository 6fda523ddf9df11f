// What a request gets that names a host which is not ours (lib/prepare-server.ts sends it here): 421, and what to set.
import { REFUSED_HOST_HEADER } from "@/lib/allowed-hosts";

export const dynamic = "force-dynamic";

export function GET(req: Request): Response {
  const asked = readable(req.headers.get(REFUSED_HOST_HEADER));
  const lines = [
    asked === ""
      ? "This request does not name the host that it is for."
      : `This Homeport does not answer to the name “${asked}”.`,
    "It answers to 127.0.0.1 and localhost with its own port, and to the address that the setting HOMEPORT_URL names.",
    "To reach it by another name, for example through a reverse proxy, start it with HOMEPORT_URL set to the address that people type, such as HOMEPORT_URL=https://homeport.lan.",
  ];
  return new Response(`${lines.join("\n")}\n`, {
    status: 421,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}

/** Plain text that nobody can mistake for more: what is no letter, digit or sign of an address is left out. */
function readable(encoded: string | null): string {
  try {
    return decodeURIComponent(encoded ?? "")
      .replaceAll(/[^\p{L}\p{N}.:[\]_-]/gu, "")
      .slice(0, 100);
  } catch {
    return "";
  }
}
