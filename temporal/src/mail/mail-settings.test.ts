// A wrong setting of the mail server ends the start with what is wrong; no sentence holds the password.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { mailSettingsOf } from "./mail-settings";

const folder = mkdtempSync(path.join(tmpdir(), "homeport-mail-"));
const file = path.join(folder, "password");
writeFileSync(file, "correct horse\n");
const empty = path.join(folder, "empty");
writeFileSync(empty, "\n");
const from = "Homeport <homeport@example.com>";

test("no setting is no mail server", () => {
  expect(mailSettingsOf({})).toBeUndefined();
  expect(mailSettingsOf({ HOMEPORT_SMTP_URL: "  " })).toBeUndefined();
});

test.each([
  ["smtp://mail.example.com", { port: 587, secure: false, onThisMachine: false }],
  ["smtp://mail.example.com:2525/", { port: 2525, secure: false }],
  ["smtps://mail.example.com", { port: 465, secure: true }],
  ["smtp://localhost:25", { host: "localhost", port: 25, onThisMachine: true }],
  ["smtp://[::1]:25", { host: "::1", onThisMachine: true }],
  ["smtp://127.0.0.2:25", { onThisMachine: true }],
])("%s is read", (url, settings) => {
  expect(mailSettingsOf({ HOMEPORT_SMTP_URL: url, HOMEPORT_MAIL_FROM: from })).toMatchObject({
    user: null,
    from,
    ...settings,
  });
});

test("the password comes from its file", () => {
  const env = { HOMEPORT_SMTP_URL: "smtp://mail.example.com", HOMEPORT_MAIL_FROM: "homeport@example.com" };
  expect(mailSettingsOf({ ...env, HOMEPORT_SMTP_USER: "homeport", HOMEPORT_SMTP_PASSWORD_FILE: file })?.user).toEqual({
    name: "homeport",
    password: "correct horse",
  });
});

const url = { HOMEPORT_SMTP_URL: "smtp://mail.example.com", HOMEPORT_MAIL_FROM: from };
test.each([
  ["HOMEPORT_MAIL_FROM is set, and HOMEPORT_SMTP_URL is not", { HOMEPORT_MAIL_FROM: from }],
  ["is no address", { ...url, HOMEPORT_SMTP_URL: "mail.example.com" }],
  ["begins with “https:”", { ...url, HOMEPORT_SMTP_URL: "https://mail.example.com" }],
  ["holds a name or a password", { ...url, HOMEPORT_SMTP_URL: "smtp://me:correct%20horse@mail.example.com" }],
  ["nothing behind them", { ...url, HOMEPORT_SMTP_URL: "smtp://mail.example.com/inbox" }],
  ["HOMEPORT_MAIL_FROM is not set", { ...url, HOMEPORT_MAIL_FROM: "" }],
  ["HOMEPORT_MAIL_FROM is “nobody”", { ...url, HOMEPORT_MAIL_FROM: "nobody" }],
  ["belong together", { ...url, HOMEPORT_SMTP_USER: "homeport" }],
  ["cannot be read (ENOENT)", { ...url, HOMEPORT_SMTP_USER: "h", HOMEPORT_SMTP_PASSWORD_FILE: `${file}-gone` }],
  ["is empty", { ...url, HOMEPORT_SMTP_USER: "h", HOMEPORT_SMTP_PASSWORD_FILE: empty }],
])("refused: %s", (reads, env) => {
  const message = (() => {
    try {
      mailSettingsOf(env);
      return "";
    } catch (error) {
      return (error as Error).message; // whatever it throws is one
    }
  })();
  expect(message).toContain(reads);
  expect(message).not.toMatch(/correct( |%20)horse/);
});
