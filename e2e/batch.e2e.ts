// Several containers at once: spelled out before, on one page while they are made, and only the failed one retried.
import { expect, test } from "@playwright/test";
import { arrangeNode } from "./arrange";
import { watchConsole } from "./watch-console";
import { expectWhole } from "./whole";

test("five containers from a pattern: one fails, only that one is retried, all five are there", async ({ page }) => {
  const complaints = watchConsole(page);
  await arrangeNode(page.context());
  const base = `b${Date.now().toString(36)}`;
  await page.goto("/templates/odd-one");
  await page.getByRole("link", { name: "Several at once" }).click();
  const hostnames = page.getByLabel("Hostnames");
  await expect(hostnames).toHaveValue("odd-one-{1..3}");

  // What is typed is spelled out at once, and what cannot be is said at its field.
  await hostnames.fill(`${base}-{3..1}`);
  await expect(page.getByText("{3..1} counts down. Write {1..3}.")).toBeVisible();
  await hostnames.fill(`${base}-{a,b,odd,d,e}`);
  const rows = page.getByRole("group", { name: "Every container" }).getByRole("row");
  await expect(rows).toHaveCount(6); // with the head
  await expect(rows.nth(3)).toContainText(`${base}-odd`);
  await page.getByRole("button", { name: "Create 5 containers" }).click();

  await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/);
  const items = page.getByRole("list", { name: "Containers of the batch" }).getByRole("listitem");
  await expect(items).toHaveCount(5);
  await expect(page.getByRole("listitem", { name: `${base}-odd: Awaiting decision` })).toBeVisible();
  await expect(page.getByText("4 of 5 ready, 1 failed")).toBeVisible();
  await expect(page.getByRole("listitem", { name: `${base}-odd:` })).toContainText("The mirror does not answer.");
  await expectWhole(page);

  await page.getByRole("button", { name: "Retry the failed one (1)" }).click();
  await expect(page.getByText("5 of 5 ready")).toBeVisible();
  await expect(page.getByRole("button", { name: /Retry|Cancel the rest/ })).toHaveCount(0);

  // The run of the odd one went on where it had failed; the others were left alone.
  await page.getByRole("link", { name: `Run of ${base}-a`, exact: true }).click();
  await expect(
    page.getByRole("list", { name: "Steps" }).getByRole("listitem", { name: /^Work unless it is odd/ }),
  ).not.toContainText("attempt 2");
  await page.goto("/");
  for (const name of ["a", "b", "odd", "d", "e"])
    await expect(page.getByRole("heading", { name: `${base}-${name}` })).toBeVisible();
  await page.goto("/batches");
  await expect(page.getByRole("link", { name: `${base}-{a,b,odd,d,e}` })).toBeVisible();
  expect(complaints()).toEqual([]);
});

test("a batch whose names are taken is refused whole, at the rows that are", async ({ page }) => {
  await arrangeNode(page.context());
  const base = `t${Date.now().toString(36)}`;
  const make = async (pattern: string): Promise<void> => {
    await page.goto("/batches/new?template=odd-one");
    await page.getByLabel("Hostnames").fill(pattern);
  };
  await make(`${base}-{1..2}`);
  await page.getByRole("button", { name: "Create 2 containers" }).click();
  await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/);
  await make(`${base}-{2..4}`);
  await expect(page.getByText("This node has a container of this name.")).toHaveCount(1);
  const create = page.getByRole("button", { name: "Create 3 containers" });
  await expect(create).toHaveAttribute("aria-disabled", "true");
  await expect(create).toHaveAccessibleDescription("1 of 3 cannot be made.");
});
