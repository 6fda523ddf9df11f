// A wire between two parts that can be cut, held, slowed or made deaf: plain TCP, so TLS, SSH, gRPC and PostgreSQL pass alike.
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

interface Shape {
  /** Added to every piece, in each direction. */
  latencyMs?: number;
  bytesPerSecond?: number;
}

export interface Proxy {
  name: string;
  port: number;
  /** Resets every open connection; new ones are taken. */
  cut(): void;
  /** Resets open connections and every new one, until healed. */
  refuse(): void;
  /** Nothing passes and nobody is told: a firewall that drops packets. */
  blackHole(): void;
  /** What is asked arrives, what is answered does not. */
  deafen(): void;
  shape(shape: Shape): void;
  /** Each new connection is reset once so many bytes were answered on it. */
  resetAfter(bytes: number): void;
  /** Cuts once so many bytes more were asked, over all connections; settles then. */
  cutAfterAsked(bytes: number): Promise<void>;
  /** Everything passes again; connections that stood in a black hole are reset, as their lost bytes cannot be had again. */
  heal(): void;
  close(): Promise<void>;
}

type Mode = "pass" | "refuse" | "hole" | "deaf";

export async function openProxy(name: string, target: { host?: string; port: number }): Promise<Proxy> {
  const pairs = new Set<{ near: Socket; far: Socket; tainted: boolean }>();
  let mode: Mode = "pass";
  let shape: Shape = {};
  let limit = Number.POSITIVE_INFINITY;
  let due: { ask(bytes: number): void } | undefined;

  const server = createServer({ noDelay: true, pauseOnConnect: false }, (near) => {
    if (mode === "refuse") return void near.resetAndDestroy();
    const far = connect({ host: target.host ?? "127.0.0.1", port: target.port, noDelay: true });
    const pair = { near, far, tainted: false };
    const mine = limit;
    let answered = 0;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    const asked = carry(
      near,
      far,
      (bytes) => {
        due?.ask(bytes);
        return { lost: mode === "hole", shape };
      },
      () => {
        pair.tainted = true;
      },
    );
    const answers = carry(
      far,
      near,
      (bytes) => {
        answered += bytes;
        if (answered > mine) near.resetAndDestroy();
        return { lost: mode === "hole" || mode === "deaf", shape };
      },
      () => {
        pair.tainted = true;
      },
    );
    for (const socket of [near, far]) socket.on("error", end);
    // What one side said before it closed still arrives at the other, however slow the line.
    near.on("close", () => {
      void asked().then(end);
    });
    far.on("close", () => {
      void answers().then(end);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");

  const cut = (which: (pair: { tainted: boolean }) => boolean = () => true): void => {
    for (const pair of [...pairs].filter(which)) {
      pair.near.resetAndDestroy();
      pair.far.destroy();
    }
  };
  return {
    name,
    port: address.port,
    cut: () => {
      cut();
    },
    refuse() {
      mode = "refuse";
      cut();
    },
    blackHole() {
      mode = "hole";
    },
    deafen() {
      mode = "deaf";
    },
    shape(wanted) {
      shape = wanted;
    },
    resetAfter(bytes) {
      limit = bytes;
    },
    cutAfterAsked(bytes) {
      return new Promise((resolve) => {
        let left = bytes;
        due = {
          ask(more) {
            left -= more;
            if (left > 0) return;
            due = undefined;
            cut();
            resolve();
          },
        };
      });
    },
    heal() {
      mode = "pass";
      shape = {};
      limit = Number.POSITIVE_INFINITY;
      cut(({ tainted }) => tainted);
    },
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** Pieces keep their order, whatever each waits for. Answers what settles when all of them are over. */
function carry(
  from: Socket,
  to: Socket,
  decide: (bytes: number) => { lost: boolean; shape: Shape },
  onLost: () => void,
): () => Promise<void> {
  let line: Promise<void> = Promise.resolve();
  from.on("data", (piece: Buffer) => {
    const { lost, shape } = decide(piece.length);
    if (lost) return onLost();
    const waitMs =
      (shape.latencyMs ?? 0) + (shape.bytesPerSecond === undefined ? 0 : (piece.length / shape.bytesPerSecond) * 1_000);
    if (waitMs > 0) from.pause();
    line = line.then(async () => {
      if (waitMs > 0) await sleep(waitMs);
      if (!to.destroyed) to.write(piece);
      if (waitMs > 0) from.resume();
    });
  });
  from.on("end", () => {
    void line.then(() => {
      to.end();
    });
  });
  return () => line;
}
