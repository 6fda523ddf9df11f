// Every page, light and dark, wide and 390 px: no error in the console, nothing wider than the screen, no fault that axe finds.
import { expect, test, type Page } from "@playwright/test";
import { arrangeNode } from "./arrange";
import { createContainer, signUp, waitForReady } from "./people";
import { watchConsole } from "./watch-console";
import { expectWhole } from "./whole";

async function expectAllWhole(page: Page, paths: readonly string[]): Promise<void> {
  const complaints = watchConsole(page);
  for (const path of paths) {
    await page.goto(path);
    await expectWhole(page);
  }
  expect(complaints()).toEqual([]);
}

test("the pages of containers and runs are whole in every look", async ({ page }) => {
  await arrangeNode(page.context());
  const hostname = `look-${Date.now().toString(36)}`;
  const run = new URL(await createContainer(page, { template: "nginx", hostname })).pathname;
  await waitForReady(page, hostname);
  const container =
    (await page
      .getByRole("link", { name: `Open ${hostname}` })
      .first()
      .getAttribute("href")) ?? "";
  await expectAllWhole(page, [
    "/",
    run,
    "/runs",
    container,
    `${container}/services`,
    `${container}/events`,
    `${container}/runs`,
    `${container}/settings`,
    "/activity",
    "/batches",
  ]);
});

test("the pages of nodes and templates, the wizard and the account are whole in every look", async ({ page }) => {
  await arrangeNode(page.context());
  await page.goto("/nodes");
  const node = (await page.getByRole("link", { name: "pve", exact: true }).first().getAttribute("href")) ?? "";
  await expectAllWhole(page, [
    "/nodes",
    node,
    `${node}/edit`,
    "/nodes/new",
    "/new",
    "/new?template=nginx",
    "/batches/new?template=nginx",
    "/templates",
    "/templates/nginx",
    "/orphans",
    "/orphans?state=resolved",
    "/settings/account",
    "/project",
    "/projects/new",
    "/organizations",
    "/organizations/new",
  ]);
});

test("addresses name their project; those of before lead on, and what is not there says so", async ({ page }) => {
  await signUp(page);
  await expect(page).toHaveURL(/\/p\/default-[0-9a-f]{12}$/);
  const home = new URL(page.url()).pathname;
  for (const [before, now] of [
    ["/runs?state=failed", "/runs?state=failed"],
    ["/containers", ""],
    ["/new?template=nginx", "/new?"],
    ["/?q=web", "?q=web"],
  ] as const) {
    await page.goto(before);
    await expect(page).toHaveURL(({ pathname, search }) => (pathname + search).startsWith(home + now));
  }
  const id = "01890a5d-ac96-774b-bcce-b302099a8057";
  for (const nowhere of [
    ...["/no-such-page", "/p/somebody-elses", "/p/somebody-elses/runs", `${home}/no-such-page`],
    ...[`/nodes/${id}`, `/nodes/${id}/edit`, "/templates/no-such-template"],
  ]) {
    const answer = await page.goto(nowhere);
    expect([nowhere, answer?.status()]).toEqual([nowhere, 404]);
    await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("link").first()).toBeVisible();
  }
});
