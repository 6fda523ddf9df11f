// What a memory guest's web server answers, on the guest's own loopback address.

import http from "node:http";
import { extname } from "node:path/posix";
import type { MemoryGuest } from "./guest";

const types: Record<string, string> = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".txt": "text/plain",
};

/** Resolves with the server, or with why the port cannot be had. */
export function serveGuest(guest: MemoryGuest, port: number, process: string): Promise<http.Server | string> {
  const server = http.createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "/").split("?")[0] ?? "/");
    const wanted = `/var/www/html${path.endsWith("/") ? `${path}index.html` : path}`;
    const file = guest.fs.read(wanted);
    const isHome = path === "/";
    const status = file === undefined && !isHome ? 404 : 200;
    response.writeHead(status, {
      "Content-Type": file === undefined ? "text/html" : (types[extname(wanted)] ?? "application/octet-stream"),
      Server: `${process} (Homeport lab)`,
    });
    response.end(file ?? (isHome ? page(guest, process, port) : "<h1>404 Not Found</h1>\n"));
  });
  return new Promise((resolve) => {
    server.once("error", (failure: NodeJS.ErrnoException) => {
      resolve(
        `The lab cannot listen on ${guest.address}:${port} (${failure.code ?? failure.message}); the service is only pretended.`,
      );
    });
    server.listen(port, guest.address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function page(guest: MemoryGuest, process: string, port: number): string {
  const { hostname, vmid } = guest.spec;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${hostname}</title>
<style>body{font:16px/1.5 system-ui;margin:4rem auto;max-width:38rem;padding:0 1rem}code{background:#eee;padding:.1em .3em}</style></head>
<body><h1>It works: ${hostname}</h1>
<p>This is <code>${process}</code> of container ${vmid} on port ${port}, answered by the lab's memory backend.
With real containers (<code>npm start -- --lab=lxc</code>) the installed server answers itself.</p></body></html>
`;
}
