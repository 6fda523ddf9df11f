// Mails on their way, with a real SMTP server and a real PostgreSQL: handed over once, tried again, given up, and never lost.
import { randomBytes, randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createVault } from "@homeport/db/sealing";
import { testDatabase, type TestDatabase } from "@homeport/db/testing";
import { mailText } from "@homeport/domain/text/mail-text";
import { addPerson } from "@homeport/testing/people";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { MailSettings } from "./mail-settings";
import { keepQueued, type MailDeps, MOST_TRIES, sendMails, waitMs } from "./send-mails";
import { createSmtp, DEADLINE_MS } from "./smtp";

const DAY_MS = 86_400_000;
const ORIGIN = "https://homeport.lan";
const content = { kind: "reset_password", token: "T".repeat(43) } as const;
const vault = createVault({ current: "k1", keys: { k1: randomBytes(32) } });

let database: TestDatabase;
let server: SMTPServer;
/** By address: what the server answers to it. */
let answers: Map<string, { responseCode: number; message: string }>;
/** What it answers to us, whatever the mail. */
let sender: { responseCode: number; message: string } | undefined;
let inbox: { to: string; text: string }[];
let logged: object[];
let now: Date;

beforeAll(async () => {
  database = await testDatabase();
  server = new SMTPServer({
    authOptional: true,
    // As a server on the same machine may; its certificate is one that nobody trusts.
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === "homeport" && password === "right") done(null, { user: username });
      else done(new Error("Wrong name or password"));
    },
    onMailFrom: (_address, _session, done) => {
      done(sender === undefined ? null : Object.assign(new Error(sender.message), sender));
    },
    onRcptTo: ({ address }, _session, done) => {
      const answer = answers.get(address);
      done(answer === undefined ? null : Object.assign(new Error(answer.message), answer));
    },
    onData: (stream, { envelope }, done) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        for (const { address } of envelope.rcptTo) inbox.push({ to: address, text: Buffer.concat(pieces).toString() });
        done();
      });
    },
  });
  server.on("error", () => undefined); // clients that go away
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise<void>((resolve) => {
    server.close(resolve);
  });
  await database.close();
});
beforeEach(() => {
  answers = new Map();
  sender = undefined;
  [inbox, logged, now] = [[], [], new Date()];
});
afterEach(() => database.db.mail.deleteMany());

const port = () => (server.server.address() as AddressInfo).port; // it listens
const settings = (more: Partial<MailSettings> = {}): MailSettings => ({
  host: "127.0.0.1",
  port: port(),
  secure: false,
  onThisMachine: true,
  user: null,
  from: "Homeport <homeport@example.com>",
  ...more,
});
const deps = (more: Partial<MailSettings> = {}): MailDeps => ({
  db: database.db,
  vault,
  send: createSmtp(settings(more), { domain: "homeport.lan" }),
  origin: ORIGIN,
  clock: () => now,
  log: (entry) => {
    logged.push(entry);
  },
});

async function queue(
  to: string,
  { sealedFor = "", lapsesAt = new Date(now.getTime() + DAY_MS) } = {},
): Promise<string> {
  const id = randomUUID();
  const place = { table: "Mail", row: sealedFor === "" ? id : sealedFor, column: "content" } as const;
  await database.db.mail.create({
    data: {
      id,
      to,
      kind: content.kind,
      content: vault.seal(place, JSON.stringify(content)),
      state: "queued",
      nextTryAt: now,
      lapsesAt,
    },
  });
  return id;
}
const row = (id: string) => database.db.mail.findUniqueOrThrow({ where: { id } });
const later = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};

test("a mail is handed over once, in both forms, and its link is kept no longer", async () => {
  const id = await queue("ada@example.com");
  await sendMails(deps());
  await sendMails(deps());
  expect(inbox.map(({ to }) => to)).toEqual(["ada@example.com"]);
  const [{ text = "" } = {}] = inbox;
  const { subject } = mailText(content, ORIGIN);
  expect(text).toContain(`Subject: ${subject}`);
  expect(text).toContain("From: Homeport <homeport@example.com>");
  expect(text).toContain(`Message-ID: <${id}@homeport.lan>`);
  expect(text).toContain("Auto-Submitted: auto-generated");
  expect(text).toMatch(/Content-Type: text\/plain/);
  expect(text).toMatch(/Content-Type: text\/html/);
  // Long lines are folded for the way: "=" at their end.
  expect(text.replaceAll("=\r\n", "")).toContain(`${ORIGIN}/reset-password#${content.token}`);
  expect(await row(id)).toMatchObject({ state: "sent", content: null, tries: 1, settledAt: now });
  expect(JSON.stringify(logged)).not.toContain(content.token);
});

test("what the server takes later is tried again after longer and longer, and its words are kept", async () => {
  answers.set("busy@example.com", { responseCode: 451, message: "4.7.1 Greylisted,\u0007 come  back" });
  const id = await queue("busy@example.com");
  await sendMails(deps());
  expect(await row(id)).toMatchObject({ state: "queued", failure: "later", tries: 1 });
  expect((await row(id)).response).toMatch(/^451 4\.7\.1 Greylisted, come back/);
  await sendMails(deps());
  expect((await row(id)).tries).toBe(1);
  later(waitMs(1));
  await sendMails(deps());
  expect((await row(id)).tries).toBe(2);
  answers.clear();
  later(waitMs(2));
  await sendMails(deps());
  expect(await row(id)).toMatchObject({ state: "sent", failure: null, response: null, tries: 3 });
});

test("what the server refuses is given up at once, with its words; the mails beside it arrive", async () => {
  answers.set("nobody@example.com", { responseCode: 550, message: "5.1.1 No such user" });
  const [nobody, ada] = [await queue("nobody@example.com"), await queue("ada@example.com")];
  await sendMails(deps());
  expect(await row(nobody)).toMatchObject({ state: "dead", failure: "refused", response: "550 5.1.1 No such user" });
  // A server that looks into mails quotes what it does not like: never the link.
  answers.set("quoted@example.com", {
    responseCode: 554,
    message: `bad ${ORIGIN}/reset-password#${content.token} here`,
  });
  const quoted = await queue("quoted@example.com");
  await sendMails(deps());
  expect((await row(quoted)).response).toBe(`554 bad ${ORIGIN}/reset-password#… here`);
  // It can be sent again once that is mended.
  expect((await row(nobody)).content).not.toBeNull();
  expect((await row(ada)).state).toBe("sent");
});

test("a server that is away, lets nobody in or is not trusted costs one try in a round, and about a day until it is given up", async () => {
  const cases = [
    { more: { port: 9 }, failure: "unreachable" },
    { more: { user: { name: "homeport", password: "wrong" } }, failure: "sign_in" },
    // It speaks no TLS where that is expected from the first byte.
    { more: { secure: true }, failure: "untrusted" },
    // STARTTLS is offered, with a certificate of nobody.
    { more: { onThisMachine: false }, failure: "untrusted" },
  ] as const;
  for (const { more, failure } of cases) {
    const ids = [await queue("ada@example.com"), await queue("bob@example.com")];
    await sendMails(deps(more));
    const rows = await Promise.all(ids.map(row));
    expect([failure, rows.map(({ tries }) => tries).sort()]).toEqual([failure, [0, 1]]);
    expect(rows.map((one) => one.failure)).toContain(failure);
    await database.db.mail.deleteMany();
  }
  expect(inbox).toEqual([]);
  for (const [answer, failure] of [
    [{ responseCode: 550, message: "5.7.1 Sender not allowed" }, "not_accepted"],
    [{ responseCode: 421, message: "4.3.2 Too busy" }, "later"],
  ] as const) {
    sender = answer;
    const ids = [await queue("ada@example.com"), await queue("bob@example.com")];
    await sendMails(deps());
    const rows = await Promise.all(ids.map(row));
    expect([failure, rows.map(({ state, tries }) => [state, tries]).sort()]).toEqual([
      failure,
      [
        ["queued", 0],
        ["queued", 1],
      ],
    ]);
    expect(rows.map((one) => one.failure)).toContain(failure);
    await database.db.mail.deleteMany();
  }
  sender = undefined;
  const waits = Array.from({ length: MOST_TRIES - 1 }, (_, tries) => waitMs(tries + 1));
  expect(Math.round(waits.reduce((sum, ms) => sum + ms, 0) / 3_600_000)).toBe(21);

  const id = await queue("ada@example.com");
  await database.db.mail.update({ where: { id }, data: { tries: MOST_TRIES - 1 } });
  await sendMails(deps({ port: 9 }));
  expect(await row(id)).toMatchObject({ state: "dead", failure: "unreachable", tries: MOST_TRIES });
});

test("with a name and its password it is let in", async () => {
  const id = await queue("ada@example.com");
  await sendMails(deps({ user: { name: "homeport", password: "right" } }));
  expect((await row(id)).state).toBe("sent");
});

test("a mail whose link has ended, or that another key sealed, is not sent", async () => {
  const lapsed = await queue("ada@example.com", { lapsesAt: new Date(now.getTime() - 1) });
  const foreign = await queue("bob@example.com", { sealedFor: randomUUID() });
  await sendMails(deps());
  expect(await row(lapsed)).toMatchObject({ state: "dead", failure: "lapsed" });
  expect(await row(foreign)).toMatchObject({ state: "dead", failure: "unreadable" });
  expect(inbox).toEqual([]);
});

test("a mail whose link was used, or lost its place, is not sent; one that ended worker after worker is given up", async () => {
  const { userId } = await addPerson(database.db, "Ada");
  const link = { userId, expiresAt: new Date(now.getTime() + DAY_MS) };
  await database.db.passwordResetToken.create({ data: { ...link, tokenHash: "used", usedAt: now } });
  await database.db.passwordResetToken.create({ data: { ...link, tokenHash: "open" } });
  const withLink = async (linkHash: string) => {
    const id = await queue(`${linkHash}@example.com`);
    await database.db.mail.update({ where: { id }, data: { linkHash } });
    return id;
  };
  const [used, gone, open] = [await withLink("used"), await withLink("gone"), await withLink("open")];
  const deadly = await queue("deadly@example.com");
  await database.db.mail.update({ where: { id: deadly }, data: { tries: MOST_TRIES } });
  await sendMails(deps());
  for (const id of [used, gone]) expect(await row(id)).toMatchObject({ state: "dead", failure: "lapsed" });
  expect((await row(deadly)).state).toBe("dead");
  expect(await row(open)).toMatchObject({ state: "sent" });
  expect(inbox.map(({ to }) => to)).toEqual(["open@example.com"]);
});

test("readers whose server hangs keep nobody else waiting, also who is written to meanwhile; a forgotten password goes first", async () => {
  const slow = deps();
  const { send } = slow;
  const begun: string[] = [];
  const hang = new Map<string, () => void>();
  slow.send = async (mail) => {
    begun.push(mail.to);
    if (mail.to.startsWith("hangs")) await new Promise<void>((resolve) => hang.set(mail.to, resolve));
    return send(mail);
  };
  const other = async (to: string) => {
    const id = await queue(to);
    await database.db.mail.update({ where: { id }, data: { kind: "invitation" } });
    return id;
  };
  await other("ada@example.com");
  for (let count = 0; count < 4; count += 1) await other(`hangs${count}@example.com`);
  await queue("reset@example.com");
  const round = sendMails(slow);
  const arrived = (to: string) => vi.waitUntil(() => inbox.some((mail) => mail.to === to), { timeout: 20_000 });
  await arrived("ada@example.com");
  expect(begun[0]).toBe("reset@example.com");
  await vi.waitUntil(() => hang.size === 4, { timeout: 20_000 });
  await other("late@example.com");
  await arrived("late@example.com");
  for (const release of hang.values()) release();
  await round;
  expect(await database.db.mail.count({ where: { state: "sent" } })).toBe(7);
});

test("without a mail server what was queued is kept for who set Homeport up", async () => {
  const id = await queue("ada@example.com");
  await keepQueued(deps());
  expect(await row(id)).toMatchObject({ state: "kept", settledAt: now });
  expect((await row(id)).content).not.toBeNull();
});

test("of two workers one sends; what a worker had when it died is sent by another, as the same message; the first writes nothing then", async () => {
  const many = await Promise.all(Array.from({ length: 8 }, (_, at) => queue(`p${at}@example.com`)));
  await Promise.all([sendMails(deps()), sendMails(deps())]);
  expect(inbox.map(({ to }) => to).sort()).toEqual(many.map((_, at) => `p${at}@example.com`));

  // The server has it, and its answer finds nobody.
  const id = await queue("ada@example.com");
  const slow = deps();
  const { send } = slow;
  let other: Promise<void> | undefined;
  slow.send = async (mail) => {
    await send(mail);
    later(DEADLINE_MS + 30_001);
    other = sendMails(deps());
    await other;
    return { failure: "unreachable", response: null, ofServer: true };
  };
  await sendMails(slow);
  const messages = inbox
    .filter(({ to }) => to === "ada@example.com")
    .map(({ text }) => /Message-ID: (.*)/.exec(text)?.[1]);
  expect(messages).toEqual([`<${id}@homeport.lan>`, `<${id}@homeport.lan>`]);
  expect(await row(id)).toMatchObject({ state: "sent", tries: 2, failure: null });
});
