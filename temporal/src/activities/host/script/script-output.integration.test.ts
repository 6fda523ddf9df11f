// What a script says, as it is stored: capped with a mark, harmless, and without any secret that the run knows, in rows and errors alike.
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { decide } from "../../../testing/decide";
import { openFixture, type Fixture } from "../../../testing/fixture";
import { startTestWorker, type TestWorker } from "../../../testing/in-process-worker";
import { hiddenIn, outputOf, withPct } from "../../../testing/lab-guest";
import { MASK } from "../../output/redactor";
import { MOST_OUTPUT_BYTES } from "./follow-unit";
import { unitName } from "./run-detached";

let fixture: Fixture;
let worker: TestWorker;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

async function run(body: string, state: "done" | "done_with_warnings" | "awaiting_decision" = "done") {
  const content = `. /usr/local/lib/homeport/helpers\n${body}\n`;
  const started = await fixture.provision(
    {},
    { packages: [], files: [], scripts: [{ name: "work", title: "Work", content }] },
  );
  await worker.engine.startRun(started);
  const ended = await fixture.until(started.runId, state);
  const vmid = ended.container.vmid ?? 0;
  const step = ended.steps.find(({ name }) => name === "script-work");
  return {
    ...started,
    vmid,
    step,
    ended,
    output: await fixture.output(started.runId, "script-work"),
    unit: unitName({ ...started, vmid, step: "script-work", attempt: 1 }),
  };
}

test("more output than is kept ends with a mark that says how much more there was and where; its warnings count all the same", async () => {
  const { output, step, runId, vmid, unit } = await run(
    "warn early\n# lab: output 6MB\nlog\nwarn late",
    "done_with_warnings",
  );
  const mark = /\n… (\d+) bytes more were not kept; the whole output is in the container at (\S+)\n$/.exec(output);
  expect(mark?.[2]).toBe(`/var/lib/homeport/units/${unit}/output`);
  const kept = output.slice(0, mark?.index);
  expect(kept.length).toBeLessThanOrEqual(MOST_OUTPUT_BYTES);
  expect(kept.length).toBeGreaterThan(MOST_OUTPUT_BYTES - 300_000);
  const whole = await outputOf(fixture.lab, vmid, unit);
  expect(whole.startsWith(kept)).toBe(true);
  expect(Buffer.byteLength(kept) + 1 + Number(mark?.[1])).toBe(
    Buffer.byteLength(whole) + (whole[kept.length] === "\n" ? 0 : 1),
  );
  expect(step?.warnings).toBe(2);
  expect(await fixture.output(runId, "script-work", "homeport")).toContain(
    "is longer than the 5 MiB that are kept here",
  );
});

test("binary files arrive byte for byte and a script from Windows runs, behind a root shell that prints before each command", async () => {
  const bytes = Buffer.concat([
    Buffer.from([0x99, 0x01, 0x0d, 0x0a]),
    Buffer.alloc(16),
    Buffer.from("Gr\u00fc\u00dfe", "latin1"),
  ]);
  await fixture.lab.faults.shellPrints({
    text: "stty: standard input: Inappropriate ioctl for device\nLast login: today\n",
  });
  try {
    const scripts = [
      {
        name: "work",
        title: "Work",
        content: "\uFEFF#!/bin/sh\r\n. /usr/local/lib/homeport/helpers\r\nlog done it\r\n",
      },
    ];
    const started = await fixture.provision(
      {},
      {
        packages: [],
        scripts,
        files: [
          { target: "/etc/keyring.gpg", encoding: "base64", content: bytes.toString("base64") },
          { target: "/etc/plain", content: "Grüße\n" },
        ],
      },
    );
    await worker.engine.startRun(started);
    const { container } = await fixture.until(started.runId, "done");
    expect(await fixture.output(started.runId, "script-work")).toBe("done it\n");
    const read = (path: string) => withPct(fixture.lab, (shell) => shell.pull(container.vmid ?? 0, path));
    expect((await read("/etc/keyring.gpg")).equals(bytes)).toBe(true);
    expect((await read("/etc/plain")).toString("utf8")).toBe("Grüße\n");
  } finally {
    await fixture.lab.faults.shellPrints({ text: "" });
  }
});

test("what was killed for want of memory comes first in the failure, however much was printed after it", async () => {
  const killed = "dpkg-deb: error: <decompress> subprocess was killed by signal (Killed)";
  const after = Array.from(
    { length: 200 },
    (_, index) => `log " perl : Depends: libperl5.36 but it is not going to be installed ${index}"`,
  );
  const content = [
    ". /usr/local/lib/homeport/helpers",
    "log Reading package lists",
    `log "${killed}"`,
    ...after,
    "exit 100",
    "",
  ].join("\n");
  const started = await fixture.provision(
    { memoryMib: 64 },
    { packages: [], files: [], scripts: [{ name: "work", title: "Work", content }] },
  );
  await worker.engine.startRun(started);
  const { error } = await fixture.until(started.runId, "awaiting_decision");
  expect(error).toContain(
    `A program was killed, as happens when memory runs out: “${killed}”. It was made with 64 MiB: give it more on the node and retry, or choose “Run again with changes”. “Work” ended with exit code 100. It said last:`,
  );
  expect(error).toMatch(/^A program was killed/);
});

test("a container whose scripts hide more than can be taken out of its output shows none of it, and says so", async () => {
  const content = ". /usr/local/lib/homeport/helpers\nhidden=$(random_secret 256)\n".concat(
    'n=0; for a in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do for b in 1 2 3 4 5 6 7 8 9; do random_secret 256 >/dev/null; done; done\nlog "$hidden"\n',
  );
  const started = await fixture.provision(
    {},
    { packages: [], files: [], scripts: [{ name: "work", title: "Work", content }] },
  );
  await worker.engine.startRun(started);
  const { steps } = await fixture.until(started.runId, "awaiting_decision");
  expect(steps.find(({ name }) => name === "script-work")?.error).toMatch(
    /^The container's scripts hid more than 500 secrets, or more than 32 KiB of them/,
  );
  expect(await fixture.output(started.runId, "script-work")).toBe("");
});

test("garbage, bombs and progress bars are stored as harmless text", async () => {
  const wild = Buffer.concat([
    Buffer.from("a\0b\xff\xfe\n", "latin1"),
    Buffer.from("\x1b]0;title\x07\x1b]52;c;ZXZpbA==\x07\x1b[2J\x1b[1;31mred\x1b[0m\x1b[999C\n"),
    Buffer.from("10%\r20%\r100%\r\n"),
    Buffer.alloc(100_000, 0xc3),
  ]);
  const { output } = await run(`# lab: bytes ${wild.toString("base64")}\nlog ''\nlog end`);
  const [first, second, third, garbage = "", ...rest] = output.split("\n");
  expect([first, second, third]).toEqual(["a\uFFFDb\uFFFD\uFFFD", "\x1b[1;31mred\x1b[0m", "100%"]);
  expect([garbage, ...rest].join("")).toBe(`${"\uFFFD".repeat(100_000)}end`);
});

test("secrets of node, services and helpers are nowhere in the rows: not in the output, not in the error", async () => {
  const { ssh, token } = fixture.lab;
  const { ended, output, vmid, runId } = await run(
    [
      "pw=$(saved_secret db 40)",
      "one=$(random_secret)",
      "credential web password hunter2-sekret",
      "log pw $pw",
      "log one $one",
      `log hunter2-sekret and ${token.secret} and ${ssh.password}`,
      `log b64 ${Buffer.from(`root:${ssh.password}`).toString("base64")}`,
      `printf '${ssh.password.slice(0, 8)}'`,
      `printf '${ssh.password.slice(8)} tail\\n'`,
      "fail no access with $pw for $one",
    ].join("\n"),
    "awaiting_decision",
  );
  expect(output).toMatch(
    new RegExp(
      `^pw ${MASK}\none ${MASK}\n${MASK} and ${MASK} and ${MASK}\nb64 .{0,8}${MASK}.{0,4}\n${MASK} tail\nERROR: no access with ${MASK} for ${MASK}\n$`,
    ),
  );
  expect(ended.error).toContain(`no access with ${MASK} for ${MASK}`);
  const secrets = [...(await hiddenIn(fixture.lab, vmid)), token.secret, ssh.password];
  expect(secrets.length).toBeGreaterThanOrEqual(5);
  const rows = await fixture.db.$queryRaw<{ text: string }[]>`
    SELECT r::text AS text FROM "Run" r WHERE "id" = ${runId}::uuid UNION ALL SELECT s::text FROM "RunStep" s WHERE "runId" = ${runId}::uuid
    UNION ALL SELECT l::text FROM "RunLog" l WHERE "runId" = ${runId}::uuid UNION ALL SELECT a::text FROM "RunAttempt" a WHERE "runId" = ${runId}::uuid`;
  for (const secret of secrets) expect(rows.filter(({ text }) => text.includes(secret))).toEqual([]);
});

test("credentials that the container's services have already are masked in a later run too, in what the node says as well", async () => {
  const { containerId, vmid } = await run("service web http 8080\ncredential web password hunter2-sekret");
  await fixture.lab.faults.failTask({ type: "vzreboot", vmid, error: "it said hunter2-sekret", times: 4 });
  const started = await fixture.operate(containerId, "reboot");
  await worker.engine.startRun(started);
  const paused = await fixture.until(started.runId, "awaiting_decision");
  expect(paused.error).toBe(`Proxmox failed: it said ${MASK}`);
  expect(await fixture.output(started.runId, "reboot", "task")).toContain(`TASK ERROR: it said ${MASK}`);
  await decide(fixture, worker.engine, { runId: started.runId, decision: "retry" });
  await fixture.until(started.runId, "done");
});
