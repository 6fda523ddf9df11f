// The built-in templates really install and answer: all of them in CI or with HOMEPORT_TEMPLATES=all (or names, by commas), nginx everywhere else.
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LabHost } from "../host";
import { builtInTemplates, installTemplate, readTemplate } from "../template-of-test";
import { lxcAvailable } from "./available";
import { inGuest, openTestHost, testSpec } from "./guest-of-test";

type Guest = ReturnType<typeof inGuest>;
interface Installed {
  guest: Guest;
  address: string;
  credentials: Record<string, string>;
  /** Of its scripts. */
  output: string;
}

/** What each template promises, asked from outside where it can be. */
const proofs: Record<string, (installed: Installed) => Promise<void>> = {
  async debian({ guest }) {
    expect((await guest.must(["systemctl", "is-enabled", "apt-daily-upgrade.timer"])).toString()).toBe("enabled\n");
  },
  async plain({ guest }) {
    expect((await guest.must(["cat", "/etc/os-release"])).toString()).toContain("bookworm");
  },
  nginx: webPage,
  caddy: webPage,
  async nodejs({ guest, address }) {
    expect(await (await fetch(`http://${address}:3000/`)).json()).toMatchObject({ hello: "made-nodejs" });
    expect((await guest.must(["sh", "-c", "ps -o user= -C node"])).toString().trim()).toBe("app");
  },
  async postgresql({ guest, address, credentials }) {
    const env = [`PGPASSWORD=${credentials["password"] ?? ""}`];
    const psql = [
      "env",
      ...env,
      "psql",
      "-XAt",
      "-h",
      address,
      "-U",
      "app",
      "-d",
      "app",
      "-c",
      "CREATE TABLE t(i int); INSERT INTO t VALUES (42); TABLE t; SHOW server_encoding",
    ];
    expect((await guest.must(psql)).toString()).toContain("42\nUTF8\n");
    expect((await guest.exec(["env", "PGPASSWORD=wrong", ...psql.slice(2)])).code).not.toBe(0);
  },
  async mariadb({ guest, address, credentials }) {
    const mariadb = (password: string) => [
      "env",
      `MYSQL_PWD=${password}`,
      "mariadb",
      "-N",
      "-h",
      address,
      "-u",
      "app",
      "app",
      "-e",
      "SELECT 42",
    ];
    expect((await guest.must(mariadb(credentials["password"] ?? ""))).toString()).toBe("42\n");
    expect((await guest.exec(mariadb("wrong"))).code).not.toBe(0);
  },
  async redis({ address, credentials }) {
    expect(await talk(address, 6379, "PING\r\n")).toContain("NOAUTH");
    expect(await talk(address, 6379, `AUTH ${credentials["password"] ?? ""}\r\nSET k v\r\nGET k\r\n`)).toBe(
      "+OK\r\n+OK\r\n$1\r\nv\r\n",
    );
  },
  async wireguard({ guest, credentials, output }) {
    expect(credentials["client-config"]).toMatch(
      /^\[Interface\]\nAddress = 10\.8\.0\.2\/32\nPrivateKey = [A-Za-z0-9+/]{43}=\n/,
    );
    expect((await guest.must(["stat", "-c", "%U %a", "/etc/wireguard/wg0.conf"])).toString()).toBe("root 600\n");
    expect((await guest.must(["systemctl", "is-enabled", "wg-quick@wg0"])).toString()).toBe("enabled\n");
    await guest.must(["wg-quick", "strip", "wg0"]);
    if ((await guest.exec(["ip", "link", "add", "client", "type", "wireguard"])).code !== 0) {
      expect(output).toContain("This node's kernel has no WireGuard"); // and then nothing can shake hands with it
      return;
    }
    // The client that is offered for import, beside its server: its keepalive begins the handshake.
    await guest.must([
      "sh",
      "-c",
      `printf '%s\n' "$1" | grep -v ^Address >/run/client.conf && wg setconf client /run/client.conf && ip link set client up`,
      "sh",
      credentials["client-config"] ?? "",
    ]);
    const handshake = async (): Promise<number> =>
      Number((await guest.must(["wg", "show", "client", "latest-handshakes"])).toString().split("\t")[1]);
    await expect.poll(handshake).toBeGreaterThan(0);
  },
};

const available = await lxcAvailable();
const asked = process.env["HOMEPORT_TEMPLATES"] ?? (process.env["CI"] === "true" ? "all" : "nginx");
const names = asked === "all" ? builtInTemplates : asked.split(",");

test("templates can be tried in real containers here", (context) => {
  if (available.ok) return;
  if (process.env["CI"] === "true")
    throw new Error(`LXC cannot run, and CI may not skip it: ${available.reason}. ${available.fix}`);
  context.skip(`LXC cannot run: ${available.reason}. ${available.fix}`);
});

describe.runIf(available.ok)("in a real container", () => {
  let host: LabHost;
  let close: () => Promise<void> = () => Promise.resolve();
  beforeAll(async () => {
    ({ host, close } = await openTestHost((line) => process.stderr.write(`${line}\n`)));
  });
  afterAll(() => close());

  // Beside each other, as they mostly unpack and download: vitest.config.ts has how many.
  test.concurrent.each(names)(
    "%s installs, answers, and installs again without harm",
    { timeout: 600_000 },
    async (name) => {
      const proof = proofs[name];
      if (proof === undefined) throw new Error(`no proof is written for the template ${name}`);
      const template = readTemplate(name);
      const spec = await testSpec(host, 200 + names.indexOf(name), { ...template.defaults, hostname: `made-${name}` });
      const began = Date.now();
      await host.create(spec, () => undefined, new AbortController().signal);
      await host.start(spec);
      const guest = inGuest(host, spec.vmid);
      const { address } = await guest.install();
      const bootedMs = Date.now() - began;

      const first = await installTemplate(guest, { name, template, address, attempt: 1 });
      const installedMs = Date.now() - began;
      const received = (await host.usage(spec.vmid)).netInBytes;
      process.stderr.write(
        `${name}: booted ${bootedMs} ms, installed ${installedMs} ms, received ${Math.round(received / 1e6)} MB\n`,
      );
      await proof({ guest, address, credentials: first.credentials, output: first.output });

      const second = await installTemplate(guest, { name, template, address, attempt: 2 });
      expect(second.credentials).toEqual(first.credentials);
      for (const secret of Object.values(first.credentials).filter((value) => value.length >= 32))
        expect(first.output).not.toContain(secret);
      await host.destroy(spec.vmid);
    },
  );
});

async function webPage({ address }: Installed): Promise<void> {
  const response = await fetch(`http://${address}/`);
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(/<title>made-(nginx|caddy)<\/title>/);
  expect((await fetch(`http://${address}/index.html.in`)).status).toBe(404);
}

function talk(address: string, port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, address, () => socket.end(`${text}QUIT\r\n`));
    let answer = "";
    socket.on("data", (bytes) => (answer += bytes.toString()));
    socket.on("error", reject);
    socket.on("close", () => resolve(answer.replace(/\+OK\r\n$/, "")));
  });
}
