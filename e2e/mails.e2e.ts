// Who set Homeport up: mails without a mail server are theirs to read, each link does what it says in another browser, and people are theirs to disable.
import { expect, test, type Browser, type Page } from "@playwright/test";
import { signIn, signUp, somebody } from "./people";
import { readInfo } from "./stack";
import { expectWhole } from "./whole";

/** A page of the demo person, who set this Homeport up. */
async function mailbox(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  const { demo = { email: "", password: "" } } = readInfo();
  await signIn(page, demo);
  await expect(page.getByRole("link", { name: /new container/i }).first()).toBeVisible();
  return page;
}

/** The link in the newest mail to somebody. */
async function readLink(page: Page, to: string): Promise<string> {
  await page.goto("/mails");
  await page
    .getByRole("button", { name: new RegExp(`^Open: .*, to ${to}$`) })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  const link = (await dialog.getByRole("link").getAttribute("href")) ?? "";
  await dialog.getByRole("button", { name: "Close" }).last().click();
  return link;
}

test("an address is confirmed and changed, a forgotten password set anew, an invitation mailed", async ({
  page,
  browser,
}) => {
  const demo = await mailbox(browser);
  const ada = await signUp(page);

  // Confirmed by the link of the sign-up, in a browser that knows nobody.
  await page.goto("/settings/account");
  await expect(page.getByText("not confirmed", { exact: true })).toBeVisible();
  const link = await readLink(demo, ada.email);
  expect([new URL(link).pathname, new URL(link).search]).toEqual(["/confirm-address", ""]);
  await expectWhole(demo);
  const reader = await (await browser.newContext()).newPage();
  await reader.goto(link);
  await reader.getByRole("button", { name: "Confirm the address" }).click();
  await expect(reader.getByRole("heading", { name: "The address is confirmed" })).toBeVisible();
  expect(reader.url()).not.toContain("#");
  await expectWhole(reader);
  await page.reload();
  await expect(page.getByText(/^confirmed /)).toBeVisible();

  // Another address counts when its link is opened, and not before.
  const moved = `new-${ada.email}`;
  await page.getByRole("button", { name: "Change address" }).click();
  await page.getByLabel("New address").fill(moved);
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByText(`${moved} becomes your address when the link is opened.`)).toBeVisible();
  await expectWhole(page);
  // Who is not signed in as its person cannot open it.
  const change = await readLink(demo, moved);
  await reader.goto(change);
  await expect(reader.getByText(`Sign in as ${ada.email} first, in this tab.`)).toBeVisible();
  await expectWhole(reader);
  await reader.getByRole("link", { name: "Sign in" }).click();
  await expect(reader.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await reader.getByLabel(/e-?mail/i).fill(ada.email);
  await reader.getByLabel("Password", { exact: true }).fill(ada.password);
  await reader.getByRole("button", { name: "Sign in", exact: true }).click();
  await reader.getByRole("button", { name: "Use this address" }).click();
  await expect(reader.getByText(moved, { exact: true })).toBeVisible();
  await reader.goto("/settings/account");
  await reader.getByRole("button", { name: "Sign out here" }).click();
  await expect(reader.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("main").getByText(moved, { exact: true })).toBeVisible();

  // The password is forgotten: the same words for an address that nobody has, and the link ends the session.
  await reader.getByRole("link", { name: "Forgot your password?" }).click();
  // The page before it has a field of the same name.
  await expect(reader.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  await reader.getByLabel("E-mail").fill("nobody-here@example.com");
  await reader.getByRole("button", { name: "Ask for a link" }).click();
  await expect(reader.getByText("If nobody-here@example.com is the address of an account")).toBeVisible();
  await reader.goto("/forgot-password");
  await reader.getByLabel("E-mail").fill(moved);
  await reader.getByRole("button", { name: "Ask for a link" }).click();
  await expect(reader.getByText(`If ${moved} is the address of an account`)).toBeVisible();
  await expectWhole(reader);
  const reset = await readLink(demo, moved);
  await reader.goto(reset);
  await reader.getByLabel("New password").fill("iloveyou123");
  await reader.getByRole("button", { name: "Set the password" }).click();
  await expect(reader.getByText("Too easy to guess")).toBeVisible();
  await expectWhole(reader);
  await reader.getByLabel("New password").fill("another night in the lab");
  await reader.getByRole("button", { name: "Set the password" }).click();
  await expect(reader.getByText("One session was ended.")).toBeVisible();
  const later = await reader.context().newPage();
  await later.goto(reset);
  await expect(later.getByText("This link was used already")).toBeVisible();
  await page.goto("/settings/account");
  await expect(page).toHaveURL(/\/sign-in/);
  await signIn(page, { email: moved, password: "another night in the lab" });
  await expect(page.getByRole("link", { name: /new container/i }).first()).toBeVisible();

  // An invitation for an address is mailed as well.
  const bob = somebody("Bob");
  await page.goto("/organizations");
  await page.getByRole("link", { name: "Ada's organization" }).click();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByRole("dialog").getByLabel("E-mail").fill(bob.email);
  await page.getByRole("button", { name: "Make the link" }).click();
  const shown = await page.getByRole("dialog").getByLabel("Link", { exact: true }).inputValue();
  expect(await readLink(demo, bob.email)).toBe(shown);

  // Who is disabled is out at once, and comes back as they were.
  await demo.goto("/people");
  await demo.getByRole("searchbox", { name: "Search people" }).fill(moved);
  await expect(demo.getByRole("listitem").filter({ hasText: "@" })).toHaveCount(1);
  await expectWhole(demo);
  await demo.getByRole("button", { name: "Disable Ada" }).click();
  await demo.getByRole("dialog").getByRole("button", { name: "Disable Ada" }).click();
  await expect(demo.getByText("disabled", { exact: true })).toBeVisible();
  await page.goto("/organizations");
  await expect(page).toHaveURL(/\/sign-in/);
  await demo.getByRole("button", { name: "Enable Ada" }).click();
  await expect(demo.getByText("disabled", { exact: true })).toBeHidden();
  await signIn(page, { email: moved, password: "another night in the lab" });
  await expect(page).not.toHaveURL(/\/sign-in/);

  // Nobody else has the mailbox, or the list of people.
  expect((await page.goto("/people"))?.status()).toBe(404);
  expect((await page.goto("/mails"))?.status()).toBe(404);
  await demo.goto("/mails");
  await demo.getByRole("button", { name: `Discard: Invitation, to ${bob.email}` }).click();
  await demo.getByRole("dialog").getByRole("button", { name: "Discard the mail" }).click();
  await expect(demo.getByRole("button", { name: `Open: Invitation, to ${bob.email}` })).toHaveCount(0);
});
