import { createServer, type Server, type Socket } from "node:net";
import { probeCertificate } from "@homeport/proxmox";
import { expect, onTestFinished, test } from "vitest";
import { networkCause } from "./network-cause";

test("a port where nothing listens, a name that nobody knows, and what is not Proxmox are told apart", async () => {
  const plainHttp = await listen((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
  const ssh = await listen((socket) => socket.write("SSH-2.0-OpenSSH_9.6\r\n"));
  const closes = await listen((socket) => socket.end());
  const resets = await listen((socket) => socket.resetAndDestroy());
  const silent = await listen(() => undefined);
  const gone = await listen(() => undefined, "closed");
  expect(await causeAt("127.0.0.1", gone)).toBe("refused");
  expect(await causeAt("nobody-has-this.invalid", 8006)).toMatch(/^name_/);
  expect(await causeAt("127.0.0.1", plainHttp)).toBe("not_tls");
  expect(await causeAt("127.0.0.1", ssh)).toBe("not_tls");
  expect(await causeAt("127.0.0.1", silent)).toBe("tls_silent");
  expect(await causeAt("127.0.0.1", closes)).toBe("closed");
  expect(await causeAt("127.0.0.1", resets)).toBe("closed");
});

test("a host of several addresses has its causes one level down, and an unknown code has none", () => {
  const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  expect(networkCause(new Error("outer", { cause: new AggregateError([refused], "") }))).toBe("refused");
  expect(networkCause(Object.assign(new Error("x"), { code: "ETIMEDOUT" }))).toBe("timeout");
  expect(networkCause(Object.assign(new Error("x"), { code: "toString" }))).toBeUndefined();
  expect(networkCause("ECONNREFUSED")).toBeUndefined();
});

async function causeAt(host: string, port: number): Promise<string | undefined> {
  return networkCause(await probeCertificate({ host, port, timeoutMs: 500 }).catch((error: unknown) => error));
}

/** Answers the port on loopback. */
async function listen(onSocket: (socket: Socket) => void, then: "open" | "closed" = "open"): Promise<number> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket.on("error", () => undefined));
    onSocket(socket);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      for (const socket of open) socket.destroy();
    });
  if (then === "closed") await close();
  else onTestFinished(close);
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
