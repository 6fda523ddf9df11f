// A port that costs nothing until somebody connects: the server behind it starts with the first connection.
import { connect, createServer, type Socket } from "node:net";

export interface LazyServer {
  port: number;
  close(): Promise<void>;
}

/** Listens on loopback at once; `start` is called once, by the first connection, and answers the real server's port. */
export async function startOnFirstConnection(start: () => Promise<number>): Promise<LazyServer> {
  let started: Promise<number> | undefined;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    sockets.add(near);
    near.on("error", () => near.destroy());
    near.on("close", () => sockets.delete(near));
    started ??= start();
    started.then(
      (port) => {
        join(near, connect({ port, host: "127.0.0.1", noDelay: true }));
      },
      (error: unknown) => {
        console.error(error);
        near.destroy();
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function join(near: Socket, far: Socket): void {
  far.on("error", () => near.destroy());
  far.on("close", () => near.destroy());
  near.on("close", () => far.destroy());
  near.pipe(far).pipe(near);
}
