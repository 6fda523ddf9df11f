// What goes over the wire when a command is given up; read from ssh2's own trace, because its server drops late signals.
import { Client } from "ssh2";
import { expect, test } from "vitest";
import { hangUp } from "./hang-up";
import { startTestServer } from "./test-server";

test("a command whose input has ended is still told to terminate, before its channel is closed", async () => {
  const server = await startTestServer({ password: "right" });
  const client = new Client();
  const sent: string[] = [];
  const debug = (line: string): void =>
    void (/Outbound: Sending CHANNEL_(EOF|CLOSE|REQUEST .*signal)/.test(line) && sent.push(line));
  await new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("ready", resolve);
    client.connect({ host: "127.0.0.1", port: server.port, username: "root", password: "right", debug });
  });
  await new Promise<void>((resolve, reject) => {
    client.exec("echo up; exec sleep 60", (error, channel) => {
      if (error) return reject(error);
      channel.on("data", () => hangUp(channel));
      channel.on("close", resolve);
      channel.end("");
    });
  });
  expect(sent).toEqual([
    expect.stringContaining("EOF"),
    expect.stringContaining("signal: TERM"),
    expect.stringContaining("CLOSE"),
  ]);
  client.end();
  await server.close();
});
