// A proxy that does not do what it says would show nothing.
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openProxy, type Proxy } from "./proxy";
import { until } from "./until";

let server: Server;
let proxy: Proxy;
let heard = "";
beforeEach(async () => {
  heard = "";
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      heard += bytes.toString();
      socket.write(bytes.toString().toUpperCase());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  proxy = await openProxy("test", { port: address.port });
});
afterEach(async () => {
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

test("what is said arrives, and is answered", async () => {
  const client = open();
  client.send("hello");
  await until("the answer", () => client.got() === "HELLO");
});

test("a cut resets what is open and takes what is new", async () => {
  const client = open();
  client.send("one");
  await until("the answer", () => client.got() === "ONE");
  proxy.cut();
  await until("the reset", () => client.closed());
  const next = open();
  next.send("two");
  await until("the answer", () => next.got() === "TWO");
});

test("a refusal lasts until it is healed", async () => {
  proxy.refuse();
  const client = open();
  await until("the reset", () => client.closed());
  proxy.heal();
  const next = open();
  next.send("in");
  await until("the answer", () => next.got() === "IN");
});

test("deaf: the request is delivered, its answer never", async () => {
  const client = open();
  client.send("a");
  await until("the answer", () => client.got() === "A");
  proxy.deafen();
  client.send("b");
  await until("the request", () => heard === "ab");
  proxy.heal();
  await until("the reset of what lost bytes", () => client.closed());
  expect(client.got()).toBe("A");
});

test("in a black hole nothing arrives and nothing closes", async () => {
  const client = open();
  client.send("a");
  await until("the answer", () => client.got() === "A");
  proxy.blackHole();
  client.send("b");
  const other = open();
  other.send("c");
  await new Promise((resolve) => setImmediate(resolve));
  expect([heard, client.closed(), other.closed()]).toEqual(["a", false, false]);
});

test("so many bytes, then a reset", async () => {
  proxy.resetAfter(3);
  const client = open();
  client.send("abc");
  await until("the answer", () => client.got() === "ABC");
  client.send("d");
  await until("the reset", () => client.closed());
});

test("so many bytes more are asked, over all connections, then all are cut; who comes after is let through", async () => {
  const [one, other] = [open(), open()];
  one.send("a");
  await until("the answer", () => one.got() === "A");
  const cut = proxy.cutAfterAsked(4);
  one.send("bc");
  await until("the answer", () => one.got() === "ABC");
  other.send("de");
  await cut;
  await until("the reset of both", () => one.closed() && other.closed());
  const next = open();
  next.send("hello");
  await until("the answer", () => next.got() === "HELLO");
});

test("a slow wire keeps the order", async () => {
  proxy.shape({ latencyMs: 5, bytesPerSecond: 2_000 });
  const client = open();
  for (const word of ["one ", "two ", "three "]) client.send(word);
  await until("all of it", () => client.got() === "ONE TWO THREE ");
});

function open() {
  let text = "";
  let over = false;
  const socket: Socket = connect(proxy.port, "127.0.0.1");
  socket.on("data", (bytes) => {
    text += bytes.toString();
  });
  socket
    .on("error", () => {
      over = true;
    })
    .on("close", () => {
      over = true;
    });
  return { send: (words: string) => socket.write(words), got: () => text, closed: () => over };
}
