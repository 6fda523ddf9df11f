// A wire between two parts that a test can cut, plug in again, or let fall silent without a word to either end.
import net, { type AddressInfo } from "node:net";

export interface TcpProxy {
  port: number;
  /** Ends what is open and refuses what comes, until `mend`. */
  cut(): void;
  /** Keeps everything open and carries nothing, as a network that swallows packets does. */
  silence(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openTcpProxy(to: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<net.Socket>();
  let state: "open" | "cut" | "silent" = "open";
  const keep = (socket: net.Socket): net.Socket => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };
  const server = net.createServer((near) => {
    keep(near);
    if (state === "cut") return void near.destroy();
    const far = keep(net.connect(to));
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (bytes) => {
        if (state === "open") into.write(bytes);
      });
      from.on("close", () => into.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port, // a TCP server's address is never a path
    cut() {
      state = "cut";
      for (const socket of sockets) socket.destroy();
    },
    silence: () => void (state = "silent"),
    // What was swallowed is lost: streams that were open then are of no use any more, as after a real outage with packets dropped.
    mend: () => void (state = "open"),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
