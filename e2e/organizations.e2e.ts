// People who share projects: an organization is made, somebody is invited by a link, works in a project, gets another role and goes.
import { expect, test, type Page } from "@playwright/test";
import { arrangeMember, arrangeNode, arrangePerson } from "./arrange";
import { createContainer, signUp, somebody, waitForReady } from "./people";
import { expectWhole } from "./whole";

const tail = () => Date.now().toString(36);

async function makeOrganization(page: Page, slug: string): Promise<void> {
  await page.goto("/organizations");
  await page.getByRole("link", { name: "New organization" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Büro & Werk");
  await expect(page.getByLabel("Address")).toHaveValue("buro-werk");
  await page.getByLabel("Address").fill("no slug!");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page.getByText("Letters from a to z, digits, and single hyphens")).toBeVisible();
  await page.getByLabel("Address").fill(slug);
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${slug}$`));
}

/** With the dialog's own choices; answers the link. */
async function invite(page: Page, email: string): Promise<string> {
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByLabel("Link", { exact: true }).inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(email, { exact: true })).toBeVisible();
  return link;
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: field }).click();
  await page.getByRole("option", { name: option }).click();
}

async function destroy(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Delete ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: `Delete ${name}` })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox").fill(name);
  await dialog.getByRole("button", { name: `Delete ${name}` }).click();
  await expect(dialog).toBeHidden();
}

test("an organization is made and shared: invited, joined, another role, removed, deleted", async ({
  page,
  browser,
}) => {
  await signUp(page);
  const slug = `werk-${tail()}`;
  await makeOrganization(page, slug);
  await page.getByRole("link", { name: "New project" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Web");
  await page.getByLabel("Address").fill(`web-${slug}`);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(new RegExp(`/p/web-${slug}$`));

  await page.goto(`/o/${slug}`);
  const bob = somebody("Bob");
  const first = await invite(page, bob.email);
  // A new link ends the one before it; nothing of a token is in an address that a server sees.
  await page.getByRole("button", { name: `New link for ${bob.email}` }).click();
  const link = await page.getByRole("dialog").getByLabel("Link", { exact: true }).inputValue();
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  expect([new URL(link).pathname, new URL(link).search]).toEqual(["/invitation", ""]);
  await expectWhole(page);

  const other = await (await browser.newContext()).newPage();
  await other.goto(first);
  await expect(other.getByText("There is no such invitation")).toBeVisible();
  await signUp(other, somebody("Eve"));
  await other.goto(link);
  await expect(other.getByText(`This invitation is for ${bob.email}`)).toBeVisible();
  await expect(other.getByRole("button", { name: /^Join/ })).toHaveCount(0);
  expect(other.url()).not.toContain("#");
  await other.getByRole("button", { name: "Sign in as somebody else" }).click();

  // The link stays with the tab; the account that it is for is made by it.
  // The page before it has the same address and heading: this one is there when it offers an account.
  await expect(other.getByRole("button", { name: "Sign up and join" })).toBeVisible();
  await expect(other.getByRole("heading", { name: "Join Büro & Werk" })).toBeVisible();
  await expectWhole(other);
  await expect(other.getByLabel(/e-?mail/i)).toHaveValue(bob.email);
  await other.getByLabel("Name", { exact: true }).fill(bob.name);
  await other.getByLabel("Password", { exact: true }).fill(bob.password);
  await other.getByRole("button", { name: "Sign up and join" }).click();
  await expect(other).toHaveURL(new RegExp(`/p/web-${slug}$`));
  await other.goto(`/o/${slug}`);
  await expect(other.getByText("You are an operator of it.")).toBeVisible();
  await expect(other.getByRole("button", { name: "Invite somebody" })).toHaveCount(0);

  // In the project he becomes more, out of it, and in it again.
  await page.goto(`/p/web-${slug}/project`);
  await choose(page, "Role of Bob", "Administrator, here only");
  // It shows what the server has.
  await expect(page.getByRole("combobox", { name: "Role of Bob" })).toHaveText("Administrator, here only");
  await other.goto(`/p/web-${slug}/project`);
  await expect(other.getByText("You are an administrator: set for this project.")).toBeVisible();
  await expectWhole(page);
  await page.getByRole("button", { name: "Remove Bob from the project" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove Bob" }).click();
  await choose(page, "Add a member", "Bob");
  expect((await other.goto(`/p/web-${slug}`))?.status()).toBe(404);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Role of Bob" })).toHaveText("Operator, inherited");
  expect((await other.goto(`/p/web-${slug}`))?.status()).toBe(200);
  await other.goto(`/o/${slug}`);

  await page.goto(`/o/${slug}`);
  await choose(page, "Role of Bob", "Viewer");
  await expect(page.getByText("Bob is a viewer now.")).toBeVisible();
  await other.reload();
  await expect(other.getByText("You are a viewer of it.")).toBeVisible();
  await page.getByRole("button", { name: "Remove Bob" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove Bob" }).click();
  await expect(page.getByText("Bob belongs to Büro & Werk no more.")).toBeVisible();
  for (const path of [`/o/${slug}`, `/o/${slug}/settings`, `/p/web-${slug}`])
    expect((await other.goto(path))?.status()).toBe(404);

  // A name as wide as it can be leaves every page as wide as its window.
  const wide = "W".repeat(60);
  await page.goto(`/o/${slug}/settings`);
  await expect(page.getByRole("button", { name: "Save" })).toBeEnabled();
  await page.getByLabel("Name", { exact: true }).fill(wide);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: wide })).toBeVisible();
  for (const path of [`/o/${slug}/settings`, `/o/${slug}`, "/organizations", `/p/web-${slug}/project`]) {
    await page.goto(path);
    await expectWhole(page);
  }
  await destroy(page, "Web");
  await expect(page).toHaveURL(new RegExp(`/o/${slug}$`));
  await expect(page.getByText("No project yet")).toBeVisible();
  await page.goto(`/o/${slug}/settings`);
  await destroy(page, wide);
  await expect(page).toHaveURL(/\/organizations$/);
  await expect(page.getByRole("cell", { name: wide })).toHaveCount(0);
  await page.goto("/activity");
  await expect(page.getByText("changed the role of").first()).toBeVisible();
});

test("a node is shared into a project: another member makes a container on it; as a viewer they are told why not", async ({
  page,
  browser,
}) => {
  await arrangeNode(page.context());
  const other = await (await browser.newContext()).newPage();
  await arrangePerson(other.context(), somebody("Bob"));
  const { slug, setRole } = await arrangeMember(page.context(), other.context());
  await other.goto(`/p/${slug}`);
  await expect(other.getByText("No node yet")).toBeVisible();

  await page.goto("/nodes");
  await page.getByRole("link", { name: "pve", exact: true }).first().click();
  await expect(page.getByText("None: only you can use it.")).toBeVisible();
  await choose(page, "Share into", "default");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page.getByRole("button", { name: "Stop sharing into default" })).toBeVisible();
  await expectWhole(page);

  // Names are taken on the node, whoever has taken them.
  const hostname = `by-ada-${tail()}`;
  await createContainer(page, { template: "nginx", hostname, within: `/p/${slug}` });
  await other.goto(`/p/${slug}/new?template=nginx`);
  await expect(other.getByText("shared by Ada")).toBeVisible();
  await other.getByRole("button", { name: "Next" }).click();
  await other.getByLabel("Hostname").fill(hostname.toUpperCase());
  await expect(other.getByText(`This node has a container called ${hostname.toUpperCase()} already.`)).toBeVisible();
  const theirs = `by-bob-${tail()}`;
  await createContainer(other, { template: "nginx", hostname: theirs, within: `/p/${slug}` });
  await waitForReady(other, theirs);

  await setRole("VIEWER");
  await other.goto(`/p/${slug}`);
  await expect(other.getByRole("button", { name: "New container" })).toHaveAttribute("aria-disabled", "true");
  await other.getByRole("button", { name: `Actions on ${theirs}` }).click();
  await expect(other.getByRole("menuitem", { name: /^Stop/ })).toHaveAttribute("aria-disabled", "true");
  await other.goto(`/p/${slug}/new`);
  await expect(other.getByRole("heading", { name: "Nothing can be made here by you" })).toBeVisible();
  await expectWhole(other);
});
