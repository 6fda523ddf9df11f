// A run is steered: mended, skipped, paused, cancelled at any point; and its record is used again.
import { readFileSync } from "node:fs";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { labGuests } from "./lab-guests";
import { arrangeNode } from "./arrange";
import { createContainer, waitForReady } from "./people";
import { lab } from "./stack";
import { expectWhole } from "./whole";

const unique = (name: string): string => `${name}-${Date.now().toString(36)}`;
const vmidOfOurOwn = (): number => 100_000 + Math.floor(Math.random() * 800_000_000);
const step = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("list", { name: "Steps" }).getByRole("listitem", { name });
const main = (page: Page): Locator => page.getByRole("main");

test.beforeEach(async ({ page }) => {
  await arrangeNode(page.context());
});

test("a failing script is fixed by edit and retry, an optional step is skipped, and all of it stays on record", async ({
  page,
}) => {
  const hostname = unique("mended");
  await createContainer(page, { template: "steered", hostname });
  await expect(step(page, /^Configure the site: Failed/)).toBeVisible();
  await expect(page.getByLabel("Last lines")).toContainText("Unknown setting: colour=bleu");
  await expect(page.getByText("It cannot be skipped")).toBeVisible();
  await expectWhole(page);
  await expect(page.getByRole("button", { name: /^Skip/ })).toHaveCount(0);

  await page.getByRole("button", { name: "Edit and retry" }).click();
  const editor = page.getByRole("textbox", { name: "Script of Configure the site" });
  await expect(editor).toContainText("colour=bleu");
  await editor.fill("");
  const send = page.getByRole("button", { name: "Retry with these changes" });
  await expect(send).toHaveAccessibleDescription("An empty script does nothing.");
  await editor.fill('. /usr/local/lib/homeport/helpers\nlog "The site is blue"\nservice site http 80 /\n');
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Edit and retry" }).click();
  await expect(editor).toContainText("The site is blue"); // what was typed is still there
  await page.getByRole("checkbox", { name: "Show changes against the template" }).check();
  await expect(page.locator(".cm-deletedChunk").filter({ hasText: "colour=bleu" }).first()).toBeVisible();
  await send.click();

  await expect(step(page, /^Warm the cache: Failed/)).toBeVisible();
  await page.getByRole("button", { name: "Skip this step" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Skip this step" }).click();
  await waitForReady(page, hostname);
  await expect(step(page, "Warm the cache: Skipped")).toBeVisible();

  await expect(page.getByRole("list", { name: "Decisions" })).toContainText("Retry“Configure the site”with edits");
  await page.getByRole("button", { name: "Show the log of attempt 1 of Configure the site" }).click();
  await expect(page.getByRole("log")).toContainText("Unknown setting");
  await expect(page.getByRole("log")).not.toContainText("The site is blue");
  await page.getByRole("combobox", { name: "Attempt" }).selectOption("Attempt 2");
  await expect(page.getByRole("log")).toContainText("The site is blue");
});

test("settings that the node refused are edited where they are wrong", async ({ page }) => {
  const hostname = unique("fail-create-settings");
  await createContainer(page, { template: "steered", hostname });
  await expect(step(page, /^Create the container: Failed/)).toBeVisible();
  await page.getByRole("button", { name: "Edit and retry" }).click();
  const disk = page.getByLabel("Disk", { exact: true });
  await disk.fill("0");
  await page.getByRole("button", { name: "Retry with these changes" }).click();
  await expect(page.getByText("At least 1 GiB.")).toBeVisible();
  await disk.fill("3");
  await page.getByRole("button", { name: "Retry with these changes" }).click();
  await expect(page.getByRole("list", { name: "Decisions" })).toContainText("with edits");
  await expect(page.getByRole("list", { name: "What was tried" }).getByRole("listitem")).toHaveCount(2);
});

test("a run pauses before its next step and goes on when it is resumed", async ({ page }) => {
  const hostname = unique("paused");
  await createContainer(page, { template: "unhurried", hostname });
  await expect(step(page, "Take some time: Running")).toBeVisible();
  await page.getByRole("button", { name: "Pause run" }).click();
  await expect(page.getByText(/^Pause[sd] before “Discover services”$/)).toBeVisible();
  await expect(page.getByText("Paused before “Discover services”")).toBeVisible();
  await expect(step(page, "Discover services: To do")).toBeVisible();
  await page.getByRole("button", { name: "Resume run" }).click();
  await waitForReady(page, hostname);
});

interface Moment {
  /** Makes sure that the run can be met there. */
  hold?: (vmid: number) => Promise<void>;
  reach: (page: Page) => Promise<void>;
}

const pauseDuring = async (page: Page, running: string, before: string): Promise<void> => {
  await expect(step(page, `${running}: Running`)).toBeVisible();
  await page.getByRole("button", { name: "Pause run" }).click();
  await expect(page.getByText(`Paused before “${before}”`)).toBeVisible();
};
const during =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await expect(step(page, `${name}: Running`)).toBeVisible();
  };

/** Every other step is cancelled in the workflows' own tests, which end with the same look at the node. */
const moments: Record<string, Moment> = {
  "while it is created": {
    hold: (vmid) => lab().faults.delayTask({ type: "vzcreate", vmid, delayMs: 15_000 }),
    reach: during("Create the container"),
  },
  "paused after the last script": { reach: (page) => pauseDuring(page, "Take some time", "Discover services") },
};

for (const [when, { hold, reach }] of Object.entries(moments)) {
  test(`cancelled ${when}, nothing is left on the node`, async ({ page }) => {
    const [hostname, vmid] = [unique("cancelled"), vmidOfOurOwn()];
    await hold?.(vmid);
    await createContainer(page, { template: "unhurried", hostname, vmid });
    await reach(page);
    await page.getByRole("button", { name: "Cancel run" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("list", { name: "What happens" })).toContainText(`Give VMID ${vmid} back`);
    await dialog.getByRole("button", { name: `Cancel and undo ${hostname}` }).click();

    await expect(main(page).getByText("Cancelled", { exact: true }).first()).toBeVisible();
    expect((await labGuests()).filter((guest) => guest.vmid === vmid || guest.name === hostname)).toEqual([]);
    await page.goto("/new?template=unhurried");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByLabel("VMID").fill(String(vmid));
    await expect(page.getByText(/is taken|taken by/)).toHaveCount(0);
    await page.goto("/");
    await expect(page.getByRole("heading", { name: hostname })).toBeHidden();
  });
}

test("a run is run again with changes, compared with the first one, and taken along", async ({ page }) => {
  const [first, second] = [unique("first"), unique("second")];
  const run = await createContainer(page, { template: "nginx", hostname: first });
  await waitForReady(page, first);

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Run again", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: `Create ${first} again` }).click();
  await expect(dialog.getByText(`This node has a container called ${first} already.`)).toBeVisible();
  await dialog.getByRole("link", { name: "With changes" }).click();
  // The form is filled in when it has what it is filled from; where from is in its address only until then.
  await expect(page.getByLabel("Hostname")).toHaveValue(new RegExp(`^${first}-`));
  await page.getByLabel("Hostname").fill(second);
  await page.getByLabel("Memory", { exact: true }).fill("768");
  await page.getByRole("button", { name: "Review" }).first().click();
  await page.getByRole("button", { name: `Create ${second}` }).click();
  await page.waitForURL(/\/runs\/(?!compare)/);
  await waitForReady(page, second);
  await expect(main(page).getByRole("link", { name: first, exact: true }).first()).toBeVisible(); // where it came from

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Compare with…" }).click();
  await page
    .getByRole("dialog")
    .getByRole("link", { name: `Create ${first}` })
    .click();
  await page.waitForURL(/\/runs\/compare/);
  await expect(page.getByRole("row", { name: /Memory/ })).toContainText("768");
  await page
    .getByRole("table", { name: "Steps" })
    .getByRole("button", { name: /Install \d+ package/ })
    .click();
  await expect(page.getByLabel(`Log of Create ${first}`)).toContainText("nginx");
  await page.getByRole("button", { name: "Changes", exact: true }).click();
  await expect(
    page
      .getByText("They differ too much")
      .or(page.getByText("No difference."))
      .or(page.getByRole("region", { name: /^Changes in the log/ })),
  ).toBeVisible();

  await page.goto(run);
  await page.getByRole("button", { name: "More" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Download bundle" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^homeport-run-[0-9a-f-]{36}\.zip$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 4)
      .toString("latin1"),
  ).toBe("PK\u0003\u0004");

  await page.goto("/runs");
  await page.getByRole("checkbox", { name: `Choose “Create ${first}” to compare` }).check();
  await page.getByRole("checkbox", { name: `Choose “Create ${second}” to compare` }).check();
  await page.getByRole("region", { name: "Compare runs" }).getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { name: "Compare two runs" })).toBeVisible();
  await expectWhole(page);
});
