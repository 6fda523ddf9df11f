// Many tabs and windows of one browser: they share one event connection, and none of them keeps another from its data.
import { expect, test } from "@playwright/test";
import { arrangeNode } from "./arrange";
import { createContainer, signUp, somebody, waitForReady } from "./people";
import { startWire, type Wire } from "./wire";

let wire: Wire;
test.beforeAll(async () => {
  wire = await startWire();
});
test.afterAll(() => wire.close());

/** A browser has six connections to a host: two more than that. */
const TABS = 8;

test("eight tabs over two windows on home and run pages take one event connection, and a ninth is live at once", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: wire.url });
  await arrangeNode(context);
  const first = await context.newPage();
  const hostname = `tabs-${Date.now().toString(36)}`;
  const run = await createContainer(first, { template: "unhurried", hostname });

  const pages = [first];
  for (let n = 1; n < TABS; n += 1) {
    const [opened] =
      n === TABS / 2
        ? // A window of its own.
          await Promise.all([
            context.waitForEvent("page"),
            first.evaluate(() => {
              window.open("/", "_blank", "popup,width=900,height=700,noopener");
            }),
          ])
        : [await context.newPage()];
    await opened.goto(n % 2 === 0 ? "/" : run);
    pages.push(opened);
  }
  for (const page of pages) await expect(page.getByText(hostname).first()).toBeVisible();
  await expect.poll(() => wire.streams()).toBe(1);

  const began = Date.now();
  const last = await context.newPage();
  await last.goto(run);
  await expect(last.getByText("Take some time").first()).toBeVisible();
  await waitForReady(last, hostname);
  test.info().annotations.push({ type: "ninth", description: `${Date.now() - began} ms to live and ready` });
  // The change reached every one of them, and nothing came twice.
  for (const page of pages.filter((one) => one.url() === run)) await waitForReady(page, hostname);
  for (const page of pages.filter((one) => one.url() !== run))
    await expect(page.getByText("Running", { exact: true }).first()).toBeVisible();
  for (const page of [...pages.slice(1, 2), last]) {
    await page
      .getByRole("button", { name: /^Take some time/ })
      .first()
      .click();
    await expect(page.getByRole("log").getByText("Waited long enough")).toHaveCount(1);
  }
  expect(wire.streams()).toBe(1);

  // The one that began it all is closed: the others go on.
  await first.close();
  await last.getByRole("link", { name: "Containers" }).first().click();
  await expect(last.getByText(hostname).first()).toBeVisible();
  await expect.poll(() => wire.streams()).toBe(1);
  await context.close();
  await expect.poll(() => wire.streams()).toBe(0);
});

test("signing out ends the pages of all tabs, and another person who signs in sees nothing of the first", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: wire.url });
  const ada = await arrangeNode(context, { name: "node-of-ada" });
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto("/");
  await two.goto("/nodes");
  await expect(two.getByText("node-of-ada").first()).toBeVisible();
  await one.getByRole("button", { name: `Account of ${ada.name}` }).click();
  await one.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(one).toHaveURL(/sign-in/);
  await expect(two.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();

  await signUp(one, somebody("Bob"));
  await expect(two.getByRole("dialog", { name: "Another person is signed in now" })).toBeVisible();
  await expect(two.getByLabel(/^Engine: /)).toHaveAttribute(
    "aria-label",
    "Engine: not known, as another person is signed in now",
  );
  await one.goto("/nodes");
  await expect(one.getByRole("main")).toBeVisible();
  await expect(one.getByText("node-of-ada")).toBeHidden();
  await two.getByRole("button", { name: "Go to their containers" }).click();
  await expect(two.getByRole("button", { name: "Account of Bob" })).toBeVisible();
  await expect.poll(() => wire.streams()).toBe(1);
  await context.close();
});
