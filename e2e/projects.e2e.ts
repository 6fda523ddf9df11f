// Several projects: made, switched between, renamed; what is in one is not in the other.
import { expect, test, type Page } from "@playwright/test";
import { arrangeNode } from "./arrange";
import { createContainer, signUp, somebody, waitForReady } from "./people";

const openSwitcher = (page: Page) => page.getByRole("button", { name: /^Project / }).click();
const tail = () => Date.now().toString(36);

test("a second project is made, holds what is made in it, and is called otherwise; links into it lead on", async ({
  page,
  browser,
}) => {
  await arrangeNode(page.context());
  await page.goto("/");
  await expect(page).toHaveURL(/\/p\/default-/);
  const first = new URL(page.url()).pathname;
  await openSwitcher(page);
  await page.getByRole("menuitem", { name: "New project" }).click();

  // What is wrong is said where it is wrong, and nothing typed is lost.
  const slug = `web-team-${tail()}`;
  await page.getByLabel("Name", { exact: true }).fill(`Web Team ${slug.slice(9)}`);
  await expect(page.getByLabel("Address")).toHaveValue(slug);
  await page.getByLabel("Address").fill("no slug!");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByText("Letters from a to z, digits, and single hyphens")).toBeVisible();
  await page.getByLabel("Address").fill(slug);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(new RegExp(`/p/${slug}$`));

  const hostname = `apart-${tail()}`;
  const run = await createContainer(page, { template: "nginx", hostname, within: `/p/${slug}` });
  expect(run).toContain(`/p/${slug}/runs/`);
  await waitForReady(page, hostname);
  await openSwitcher(page);
  await page.getByRole("menuitemradio", { name: /^default/ }).click();
  await expect(page).toHaveURL(new RegExp(`${first}$`));
  await expect(page.getByText(hostname)).toBeHidden();

  // Renamed: its old address is nothing's, a link without the project finds the run.
  await page.goto(`/p/${slug}/project`);
  await expect(page.getByRole("button", { name: "Save" })).toBeEnabled();
  await page.getByLabel("Name", { exact: true }).fill("Web");
  await page.getByLabel("Address").fill(`${slug}-2`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(new RegExp(`/p/${slug}-2/project$`));
  await expect(page.getByRole("heading", { name: "Web", exact: true })).toBeVisible();
  expect((await page.goto(`/p/${slug}`))?.status()).toBe(404);
  await page.goto(new URL(run).pathname.replace(/^\/p\/[^/]+/, ""));
  await expect(page).toHaveURL(new RegExp(`/p/${slug}-2/runs/`));

  const other = await (await browser.newContext()).newPage();
  await signUp(other, somebody("Bob"));
  for (const path of ["", "/project", "/runs"]) expect((await other.goto(`/p/${slug}-2${path}`))?.status()).toBe(404);
});
