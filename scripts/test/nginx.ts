// A real nginx in front of the dashboard, and requests that name any host: for the tests of reverse proxies.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openCertificate } from "@homeport/lab/http/certificate";
import { whyNoApt } from "../stack/apt";
import { cacheAt } from "../stack/paths";

/** Debian's package unpacked, not installed: installing it would start a server on port 80. */
const UNPACKED = path.join(cacheAt(), "nginx");

/** One that runs on this machine; undefined when there is none. */
export function findNginx(): string | undefined {
  return ["/usr/sbin/nginx", path.join(UNPACKED, "usr/sbin/nginx")].find(
    (file) => existsSync(file) && spawnSync(file, ["-v"]).status === 0,
  );
}

/** Gets one where there is none. Answers why that is not possible; undefined when it is there. */
export function prepareNginx(print: (line: string) => void): string | undefined {
  if (findNginx() !== undefined) return undefined;
  const reason = whyNoApt();
  if (reason !== undefined) return `there is no nginx, and ${reason}`;
  print("Unpacking Debian's nginx for the tests of reverse proxies …");
  mkdirSync(UNPACKED, { recursive: true });
  const run = (script: string) =>
    spawnSync("sh", ["-ec", script], { cwd: UNPACKED, encoding: "utf8", timeout: 300_000 });
  const download = "apt-get download nginx && dpkg-deb -x nginx_*.deb .";
  // The package lists may be missing or old.
  if (run(download).status !== 0) run(`apt-get update && ${download}`);
  return findNginx() === undefined
    ? "Debian's nginx could not be unpacked, or a library that it needs is missing"
    : undefined;
}

export interface Nginx {
  /** Of the https server's certificate. */
  ca: string;
  stop(): Promise<void>;
}

/** `servers`: the server blocks, in which `CERT` stands for the two lines that name the certificate. */
export async function startNginx(
  dir: string,
  { name, servers, ports }: { name: string; servers: string; ports: readonly number[] },
): Promise<Nginx> {
  mkdirSync(dir, { recursive: true });
  const certificate = await openCertificate(dir, name);
  writeFileSync(path.join(dir, "cert.pem"), certificate.cert);
  writeFileSync(path.join(dir, "key.pem"), certificate.key, { mode: 0o600 });
  const named = servers.replaceAll("CERT", `ssl_certificate ${dir}/cert.pem; ssl_certificate_key ${dir}/key.pem;`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${dir}/${kind};`)
    .join(" ");
  writeFileSync(
    path.join(dir, "nginx.conf"),
    `daemon off; worker_processes 1; pid ${dir}/pid; error_log ${dir}/error.log;\nevents {}\nhttp { access_log off; ${temporary}\n${named}\n}\n`,
  );
  const file = findNginx();
  if (file === undefined) throw new Error("there is no nginx");
  const child = spawn(file, ["-c", path.join(dir, "nginx.conf"), "-p", dir], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      resolve();
    });
  });
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (const port of ports) while (!over && !(await listens(port))) await sleep(20);
  if (over) throw new Error("nginx did not start; its reason is above");
  return {
    ca: certificate.cert,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}

export interface Asked {
  port: number;
  path: string;
  headers?: Record<string, string>;
  method?: string;
  body?: string;
  /** The certificate of an https server; without it plain http. */
  ca?: string;
  /** Ends the answer after its first bytes: for streams. */
  firstBytesOnly?: boolean;
}

/** One request to a port of this machine, from an address that is no proxy's; `headers.host` may be anything. */
export function ask({
  port,
  path: at,
  headers = {},
  method = "GET",
  body,
  ca,
  firstBytesOnly = false,
}: Asked): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const host = (headers.host ?? "localhost").replace(/:\d+$/, "");
    const options = {
      host: "127.0.0.1",
      port,
      path: at,
      method,
      headers,
      localAddress: "127.0.0.2",
      agent: false as const,
      ...(ca === undefined ? {} : { ca, servername: host }),
    };
    const sent = (ca === undefined ? httpRequest : httpsRequest)(options, (answer) => {
      let text = "";
      const done = (): void => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      };
      answer
        .setEncoding("utf8")
        .on("data", (piece: string) => {
          text += piece;
          if (!firstBytesOnly) return;
          done();
          answer.destroy();
        })
        .once("end", done)
        .once("error", reject);
    });
    sent.once("error", reject).end(body);
  });
}
