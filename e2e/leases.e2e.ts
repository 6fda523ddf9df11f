// A container that is lent: set for the project, changed on its page, warned about, shut down by itself at its end, extended with one click.
import { expect, test } from "@playwright/test";
import { createDb } from "@homeport/db/client";
import { arrangeNode } from "./arrange";
import { createContainer } from "./people";
import { readInfo } from "./stack";
import { expectWhole } from "./whole";

test("a new container is lent as its project says; its lease is changed, ends by itself, and is extended", async ({
  page,
}) => {
  await arrangeNode(page.context());
  await page.goto("/");
  await page.waitForURL(/\/p\/[^/]+$/);
  const [, , slug = ""] = new URL(page.url()).pathname.split("/");
  await page.goto(`/p/${slug}/project`);
  const project = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Lease of new containers" }) });
  await project.getByLabel("Lent for (days)").fill("soon");
  await project.getByRole("button", { name: "Set the lease" }).click();
  await expect(project.getByText("A whole number of days, or nothing: they are not lent.")).toBeVisible();
  await project.getByLabel("Lent for (days)").fill("999");
  await project.getByRole("button", { name: "Set the lease" }).click();
  await expect(project.getByText("At most 730 days.")).toBeVisible();
  await project.getByLabel("Lent for (days)").fill("14");
  await project.getByRole("combobox", { name: "When it has ended" }).click();
  await page.getByRole("option", { name: "It is destroyed after 7 days" }).click();
  await project.getByRole("button", { name: "Set the lease" }).click();
  await expect(page.getByText(/^New containers are lent for 14 days/).first()).toBeVisible();
  await expectWhole(page);

  await page.goto(`/p/${slug}/new?template=debian`);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel("Hostname").fill("lent");
  await page.getByRole("button", { name: "Review" }).first().click();
  await expect(page.getByText(/^It is lent for 14 days, then shut down, and destroyed 7 days later/)).toBeVisible();
  await createContainer(page, { template: "debian", hostname: "lent", within: `/p/${slug}` });
  await page.getByRole("link", { name: "Open lent" }).click();
  const lease = page.locator("section").filter({ has: page.getByRole("heading", { name: "Lease", exact: true }) });
  await expect(lease.getByText("in 13 days")).toBeVisible();
  await lease.getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Lent until").fill("2020-01-01T10:00");
  await dialog.getByRole("button", { name: "Lend it" }).click();
  await expect(dialog.getByText("Choose a moment that is at least a minute ahead.")).toBeVisible();
  await dialog.getByLabel("Lent until").fill(inLocal(2 * 86_400_000));
  await expectWhole(page);
  await dialog.getByRole("button", { name: "Lend it" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^Its lease ends in (2 days|1 day|47 hours)|^Its lease ends tomorrow/)).toBeVisible();
  await expectWhole(page);
  const containerId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await page.goto(`/p/${slug}`);
  await expect(page.getByRole("region", { name: "Needs you" })).toContainText(
    "lent: its lease ends within three days.",
  );

  // Two days later.
  const db = createDb(readInfo().databaseUrl, { max: 1 });
  try {
    await db.lease.update({
      where: { containerId },
      data: { endsAt: new Date(Date.now() - 1_000), version: { increment: 1 } },
    });
  } finally {
    await db.$disconnect();
  }
  await page.goto(`/p/${slug}/containers/${containerId}`);
  await expect(page.getByText(/^Its lease has ended: it is shut down/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("button", { name: "Start" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("button", { name: "Start" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("button", { name: "Start" })).toHaveAccessibleDescription(
    "Its lease has ended: extend the lease first.",
  );
  await expectWhole(page);
  await page.goto(`/p/${slug}/containers/${containerId}/runs`);
  await page
    .getByRole("link", { name: /^Shut down/ })
    .first()
    .click();
  await expect(page.getByText(/begun by its lease, set by/)).toBeVisible();
  await page.goto(`/p/${slug}/containers/${containerId}`);
  await page
    .getByRole("button", { name: /^Extend by/ })
    .first()
    .click();
  await expect(page.getByText(/^Its lease has ended: it is shut down/)).toBeHidden();
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByText("Running").first()).toBeVisible({ timeout: 30_000 });
  await lease.getByRole("button", { name: "Take the lease away" }).click();
  await expect(lease.getByText("It is not lent: it stays until somebody deletes it.")).toBeVisible();
});

/** As a datetime-local input has it. */
function inLocal(ms: number): string {
  const at = new Date(Date.now() + ms);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
