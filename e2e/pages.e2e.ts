// Every page, light and dark, wide and 390 px: no error in the console, nothing wider than the screen, no fault that axe finds.
import { expect, test } from "@playwright/test";
import { addLabNode, createContainer, signUp, waitForReady } from "./people";
import { watchConsole } from "./watch-console";
import { expectWhole } from "./whole";

test("every page is whole in every look", async ({ page }) => {
  test.setTimeout(480_000);
  const complaints = watchConsole(page);
  await signUp(page);
  await addLabNode(page);
  const hostname = `look-${Date.now().toString(36)}`;
  const run = new URL(await createContainer(page, { template: "nginx", hostname })).pathname;
  await waitForReady(page, hostname);
  const container = (await page.getByRole("link", { name: `Open ${hostname}` }).first().getAttribute("href")) ?? "";
  await page.goto("/nodes");
  const node = (await page.getByRole("link", { name: "pve", exact: true }).first().getAttribute("href")) ?? "";
  const paths = ["/", run, "/runs", container, `${container}/services`, `${container}/events`, `${container}/runs`, `${container}/settings`, "/new", "/new?template=nginx", "/batches", "/batches/new?template=nginx", "/nodes", node, `${node}/edit`, "/nodes/new", "/templates", "/templates/nginx", "/activity", "/orphans", "/orphans?state=resolved", "/settings/account"];

  for (const path of paths) {
    await page.goto(path);
    await expectWhole(page);
  }
  expect(complaints()).toEqual([]);
});

test("a page that is not there says so, with a way back", async ({ page }) => {
  await signUp(page);
  await page.goto("/no-such-page");
  await expect(page.getByRole("main").getByRole("link").first()).toBeVisible();
});
