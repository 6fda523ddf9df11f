// What belongs to others: another person's things are not there, and guests that Homeport did not make are never touched.
import { expect, test } from "@playwright/test";
import { arrangeNode } from "./arrange";
import { act, createContainer, shownVmid, signUp, somebody, waitForReady } from "./people";
import { lab } from "./stack";

test("a second person sees nothing of the first one's node, container and run", async ({ page, browser }) => {
  await arrangeNode(page.context(), { name: "mine" });
  const hostname = `mine-${Date.now().toString(36)}`;
  const run = await createContainer(page, { template: "nginx", hostname });
  await waitForReady(page, hostname);
  const container = await page
    .getByRole("link", { name: `Open ${hostname}` })
    .first()
    .getAttribute("href");
  await page.goto("/nodes");
  const node = await page.getByRole("link", { name: "mine", exact: true }).first().getAttribute("href");

  const other = await (await browser.newContext()).newPage();
  await signUp(other, somebody("Bob"));
  const inProject = new URL(run).pathname;
  const withoutProject = inProject.replace(/^\/p\/[^/]+/, "");
  for (const path of [inProject, withoutProject, container, node]) {
    await other.goto(path ?? "/");
    await expect(other.getByText(hostname)).toBeHidden();
    await expect(other.getByText(/is not there|cannot be shown|Nothing is here/).first()).toBeVisible();
  }
  for (const list of ["/", "/runs", "/nodes", "/activity"]) {
    await other.goto(list);
    await expect(other.getByRole("main")).toBeVisible();
    await expect(other.getByText(hostname)).toBeHidden();
  }
});

test("a signed-out visitor lands on sign-in and returns to where they wanted to go", async ({ page, browser }) => {
  const person = await signUp(page);
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto("/templates");
  await expect(visitor).toHaveURL(/\/sign-in/);
  await visitor.getByLabel(/e-?mail/i).fill(person.email);
  await visitor.getByLabel("Password", { exact: true }).fill(person.password);
  await visitor.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(visitor).toHaveURL(/\/templates$/);
});

test("a foreign guest that took our VMID is not destroyed, whatever is clicked", async ({ page }) => {
  await arrangeNode(page.context());
  const hostname = `fence-${Date.now().toString(36)}`;
  await createContainer(page, { template: "nginx", hostname });
  await waitForReady(page, hostname);
  await page
    .getByRole("link", { name: `Open ${hostname}` })
    .first()
    .click();
  const vmid = await shownVmid(page);
  const since = Date.now();
  await lab().faults.deleteGuest({ vmid });
  await lab().faults.createForeignGuest({ vmid, hostname: "payroll", running: true });

  await act(page, hostname, "Delete");

  await page.goto("/runs");
  await page
    .getByRole("link", { name: new RegExp(hostname) })
    .first()
    .click();
  await expect(page.getByText(/not created by Homeport|belongs to|somebody else/i).first()).toBeVisible();
  const journal = await lab().faults.journal();
  const touched = journal.filter(
    (entry) =>
      entry.time >= since &&
      entry.vmid === vmid &&
      (entry.method === "DELETE" || /status\/(stop|shutdown)/.test(entry.path)),
  );
  expect(touched).toEqual([]);
});
