// What a person asked for happens once and is shown as it is: lost answers, duplicated tabs, an ended session, a wrong clock.
import { expect, test, type Page } from "@playwright/test";
import { labGuests } from "./lab-guests";
import { arrangeNode } from "./arrange";
import { createContainer, signUp, somebody, waitForReady, type Person } from "./people";
import { startWire, type Wire } from "./wire";

let wire: Wire;
test.beforeAll(async () => {
  wire = await startWire();
});
test.afterAll(() => wire.close());

const unique = (word: string): string => `${word}-${Date.now().toString(36)}`;

async function review(page: Page, hostname: string): Promise<void> {
  await page.goto("/new?template=nginx");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Hostname").fill(hostname);
  await page.getByRole("button", { name: "Review" }).first().click();
  await expect(page.getByRole("button", { name: `Create ${hostname}` })).toBeEnabled();
}
const create = (page: Page, hostname: string) => page.getByRole("button", { name: `Create ${hostname}` }).click();

test("a lost answer to Create is looked for, and shows the one container that was made", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: wire.url });
  await arrangeNode(context);
  const page = await context.newPage();
  const hostname = unique("lost");
  await review(page, hostname);
  wire.lose("containers.create", 2);
  await create(page, hostname);
  await expect(page.getByText("The answer was lost; checking…")).toBeVisible();
  await page.waitForURL(/\/runs\//);
  await expect(page.getByText("The answer was lost; checking…")).toBeHidden();
  await expect(page.getByText("Nothing was created.")).toBeHidden();
  expect(wire.asked("containers.create")).toBe(3);
  await waitForReady(page, hostname);
  expect((await labGuests()).filter(({ name }) => name === hostname)).toHaveLength(1);

  await page
    .getByRole("link", { name: `Open ${hostname}` })
    .first()
    .click();
  wire.lose("containers.stop");
  await page.getByRole("button", { name: `Actions on ${hostname}` }).click();
  await page.getByRole("menuitem", { name: /^Stop/ }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Stop ${hostname}` })
    .click();
  await expect(page.getByText(`Stopping ${hostname}`)).toBeVisible();
  await expect(page.getByText("Stopped", { exact: true }).first()).toBeVisible();
});

test("a duplicated tab with another draft makes its own container; the draft and its step outlive a reload and Back", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: wire.url });
  await arrangeNode(context);
  const page = await context.newPage();
  const [first, second] = [unique("first"), unique("second")];
  await review(page, first);
  await page.reload();
  await expect(page.getByRole("button", { name: `Create ${first}` })).toBeEnabled();
  await page.goto("/templates");
  await page.goBack();
  await expect(page.getByRole("button", { name: `Create ${first}` })).toBeEnabled();

  // As "Duplicate tab" does, the opened one begins with a copy of this one's storage.
  const [copy] = await Promise.all([
    context.waitForEvent("page"),
    page.evaluate(() => {
      window.open(window.location.href);
    }),
  ]);
  await expect(copy.getByRole("button", { name: `Create ${first}` })).toBeEnabled();
  await copy.getByRole("button", { name: "Back" }).click();
  await copy.getByRole("button", { name: "Back" }).click();
  await copy.getByLabel("Hostname").fill(second);
  await copy.getByRole("button", { name: "Review" }).first().click();
  await expect(copy.getByRole("button", { name: `Create ${second}` })).toBeEnabled();
  await create(page, first);
  await page.waitForURL(/\/runs\//);
  await create(copy, second);
  // The node has changed since that plan, or it has not: what is asked for is the second one either way.
  await copy.waitForURL(/\/runs\//);
  expect(copy.url()).not.toBe(page.url());
  await waitForReady(copy, second);
  await waitForReady(page, first);
});

async function signInAgain(page: Page, person: Person): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: "Sign in and go on" }).click();
  await expect(dialog).toBeHidden();
}

test("a session that ends in the wizard asks for the password there, and the draft goes on; another person finds nothing of it", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: wire.url });
  const ada = await arrangeNode(context);
  const page = await context.newPage();
  const hostname = unique("kept");
  await review(page, hostname);
  await context.clearCookies();
  await create(page, hostname);
  await signInAgain(page, ada);
  await expect(page.getByRole("button", { name: `Create ${hostname}` })).toBeEnabled();
  await create(page, hostname);
  await page.waitForURL(/\/runs\//);
  await waitForReady(page, hostname);

  const secret = unique("secret");
  await review(page, secret);
  await context.clearCookies();
  await page.goto("/sign-up");
  await signUp(page, somebody("Bob"));
  await page.goto("/new?step=identity");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  expect(await page.evaluate(() => JSON.stringify(window.sessionStorage))).not.toContain(secret);
});

test("in a browser two hours ahead ages and durations are true", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: wire.url });
  await arrangeNode(context);
  const page = await context.newPage();
  await page.clock.install({ time: Date.now() + 2 * 3_600_000 });
  const hostname = unique("clock");
  await createContainer(page, { template: "nginx", hostname });
  await waitForReady(page, hostname);
  await expect(page.getByText(/\b[12] h\b|hours? ago/)).toHaveCount(0);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: hostname })).toBeVisible();
  await expect(page.getByText("Running", { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/\b[12] h\b|hours? ago|in \d+ hours?/)).toHaveCount(0);
});
