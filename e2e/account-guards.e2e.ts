// What the account's page guards sign-in and programs with: an authenticator app, and API tokens, used by the commands that are shown.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test, type Page } from "@playwright/test";
import { codeAt } from "@homeport/api/testing/code-at";
import { arrangeOrganization } from "./arrange";
import { meetEndedSession, signIn, signUp } from "./people";
import { expectWhole } from "./whole";

/** Runs commands in a folder of their own, as a person would who pastes the token when they are asked. */
async function shell(commands: string, typed: string): Promise<string> {
  const cwd = await mkdtemp(path.join(tmpdir(), "homeport-token-"));
  const running = promisify(execFile)("bash", ["-c", commands], { cwd });
  running.child.stdin?.end(`${typed}\n`);
  return (await running).stdout;
}

/** The answer of a call to the dashboard, by nothing but a token; `input`: of a mutation. */
async function call(page: Page, token: string, [procedure, input]: [procedure: string, input?: object]) {
  const answer = await fetch(new URL(`/api/trpc/${procedure}`, page.url()), {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(input && { method: "POST", body: JSON.stringify({ json: input }) }),
  });
  return { status: answer.status, text: await answer.text() };
}

const shownToken = (page: Page) => page.getByRole("dialog").getByLabel("Token", { exact: true }).inputValue();

test("with an app set up a password is not enough; a recovery code counts once, and it can be turned off", async ({
  page,
}) => {
  const ada = await signUp(page);
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Set up an app" }).click();
  const dialog = page.getByRole("dialog");
  const secret = await dialog.getByLabel("Secret", { exact: true }).inputValue();
  await expect(dialog.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await dialog.getByLabel("Code that the app shows").fill("no code");
  await dialog.getByRole("button", { name: "Turn it on" }).click();
  await expect(dialog.getByText("Six digits, as your authenticator app shows them")).toBeVisible();
  await expectWhole(page);
  await dialog.getByLabel("Code that the app shows").fill(codeAt(secret, new Date()));
  await dialog.getByRole("button", { name: "Turn it on" }).click();
  await expect(dialog.getByText("Keep these recovery codes")).toBeVisible();
  const [first = "", second = "", third = ""] = (await dialog.locator("pre").innerText()).split("\n");
  await expectWhole(page);
  await dialog.getByRole("button", { name: "I have kept the codes" }).click();
  await expect(page.getByText("10 recovery codes are left")).toBeVisible();
  await expectWhole(page);

  const slug = await arrangeOrganization(page.context(), "Werk");
  await page.goto(`/o/${slug}/settings`);
  await page.getByRole("button", { name: "Require it" }).click();
  await expect(dialog.getByText(/^Sight of Werk and its projects, at once, for members without it/)).toBeVisible();
  await dialog.getByRole("button", { name: "Require it" }).click();
  await expect(page.getByText("required", { exact: true })).toBeVisible();
  await expectWhole(page);

  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Sign out here" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await signIn(page, ada);
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeFocused();
  await expectWhole(page);
  await code.fill(first);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("link", { name: /new container/i }).first()).toBeVisible();

  // A page whose session ended elsewhere asks for it too.
  await page.goto("/settings/account");
  await expect(page.getByText("9 recovery codes are left")).toBeVisible();
  await meetEndedSession(page);
  await dialog.getByLabel("Password", { exact: true }).fill(ada.password);
  await dialog.getByRole("button", { name: "Sign in and go on" }).click();
  await dialog.getByLabel("Code", { exact: true }).fill(third);
  await dialog.getByRole("button", { name: "Sign in and go on" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("8 recovery codes are left")).toBeVisible();
  await page.getByRole("button", { name: "Turn off", exact: true }).click();
  await expect(dialog.getByText("You see nothing any more of Werk, which requires it.")).toBeVisible();
  await dialog.getByLabel("Code of your app, or a recovery code").fill(first);
  await dialog.getByRole("button", { name: "Turn off", exact: true }).click();
  await expect(dialog.getByText("This code does not count")).toBeVisible();
  await dialog.getByLabel("Code of your app, or a recovery code").fill(second);
  await dialog.getByRole("button", { name: "Turn off", exact: true }).click();
  await expect(page.getByText("It is off: your password is enough.")).toBeVisible();
  await expect(page.getByText("Werk requires two-factor sign-in.")).toBeVisible();
  await expectWhole(page);
  expect((await page.goto(`/o/${slug}`))?.status()).toBe(404);
});

test("a token is made, used as it is shown, held to what it was given, and revoked", async ({ page }) => {
  const ada = await signUp(page);
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");

  // What is wrong is said where it is wrong, and nothing typed is lost.
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(dialog.getByText("A name is needed.")).toBeVisible();
  await dialog.getByLabel("Name", { exact: true }).fill("backup");
  await dialog.getByLabel("Projects").click();
  await page.getByRole("option", { name: "Only some" }).click();
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(dialog.getByText("Choose a project.")).toBeVisible();
  await dialog.getByLabel("default").check();
  await dialog.getByLabel("It may").click();
  await page.getByRole("option", { name: "Chosen right by right" }).click();
  await expect(dialog.getByLabel("Change organizations, make and delete projects")).toBeDisabled();
  await expect(dialog.getByLabel("See your nodes")).toBeDisabled();
  await expect(dialog.getByLabel("See projects and their members")).toBeDisabled(); // the others need it
  await dialog.getByLabel("See who did what in projects").uncheck();
  await expectWhole(page);
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(dialog.getByText("It is shown only now.")).toBeVisible();
  await expectWhole(page);

  // Pasted where the commands ask for it, it answers what it may do.
  const token = await shownToken(page);
  // Neither Escape nor a click beside it takes away what is shown only once.
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  const commands = (await dialog.locator("pre").allInnerTexts()).join("\n");
  expect(commands).not.toContain(token);
  const own = JSON.parse(await shell(commands, token)) as { result: { data: { json: object } } };
  expect(own.result.data.json).toMatchObject({ name: "backup", person: { email: ada.email } });
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("4 rights in default")).toBeVisible();
  await page.reload();
  await expect(page.getByText(/ends .* · used /)).toBeVisible();
  await expectWhole(page);

  // What it was given, and no more.
  expect((await call(page, token, ["templates.list"])).status).toBe(200);
  const refused = await call(page, token, ["nodes.list"]);
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("(node:read)")]);
  expect((await call(page, token, ["sessions.list"])).status).toBe(403);

  // What it is refused comes to who follows the record, and is taken along.
  await page.goto("/activity");
  const follow = page.getByRole("button", { name: "Follow" });
  await follow.click();
  await expect(follow).toHaveAttribute("aria-pressed", "true");
  const rename = { id: randomUUID(), name: "Mine", slug: "mine" };
  expect((await call(page, token, ["projects.update", rename])).status).toBe(403);
  await expect(page.getByRole("cell", { name: "was refused" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Newest:" })).toContainText("was refused");
  await expectWhole(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "NDJSON" }).click();
  const [newest = ""] = (await readFile(await (await downloading).path(), "utf8")).split("\n");
  expect(JSON.parse(newest)).toMatchObject({
    action: "access.refuse",
    actor: ada.name,
    details: { tried: "projects.update", reason: "token.forbids" },
  });
  await page.goto("/settings/account");

  await page.getByRole("button", { name: "Revoke backup" }).click();
  await dialog.getByRole("button", { name: "Revoke backup" }).click();
  await expect(page.getByText("The token backup is revoked.")).toBeVisible();
  await expect(page.getByText("There is none.")).toBeVisible();
  expect((await call(page, token, ["templates.list"])).status).toBe(401);
  await page.goto("/activity");
  await expect(page.getByText("revoked the API token")).toBeVisible();
});
