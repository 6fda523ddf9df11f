// Passkeys, with an authenticator that the browser has in it: added, used alone, asked for besides a password, stood in for by a recovery code, and removed.
import { createDb } from "@homeport/db/client";
import { expect, test, type CDPSession, type Page } from "@playwright/test";
import { meetEndedSession, signIn, signUp, type Person } from "./people";
import { readInfo } from "./stack";
import { expectWhole } from "./whole";

// Browsers have passkeys for names: the same server, by its name.
test.use({
  baseURL: async ({ baseURL }, use) => {
    await use(baseURL?.replace("127.0.0.1", "localhost"));
  },
});

/** One that is part of the device, asks who uses it, and is answered at once. */
async function addAuthenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

async function signOut(page: Page): Promise<void> {
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Sign out here" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

async function signedInLongAgo({ email }: Person): Promise<void> {
  const db = createDb(readInfo().databaseUrl, { max: 1 });
  const authenticatedAt = new Date(Date.now() - 3_600_000);
  await db.session.updateMany({ where: { user: { email } }, data: { authenticatedAt, factorAt: authenticatedAt } });
  await db.$disconnect();
}

const newContainer = (page: Page) => page.getByRole("link", { name: /new container/i }).first();
const byPasskey = (page: Page) => page.getByRole("button", { name: "Sign in with a passkey" });

test("at an address without a name the sign-in page says where passkeys can be used, and leads there", async ({
  page,
}, { project }) => {
  await page.goto(`${project.use.baseURL ?? ""}/sign-in?next=/nodes`);
  await expect(byPasskey(page)).toBeHidden();
  const there = page.getByRole("link", { name: /^http:\/\/localhost:\d+$/ });
  await expect(there).toBeVisible();
  await expectWhole(page);
  await there.click();
  await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/sign-in\?next=/);
  await expect(byPasskey(page)).toBeVisible();
  await expectWhole(page);
});

test("a browser without passkeys is offered none", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "PublicKeyCredential"));
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  await expect(byPasskey(page)).toBeHidden();
  await signUp(page);
  await page.goto("/settings/account");
  await expect(page.getByRole("paragraph").filter({ hasText: "This browser has no passkeys." })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a passkey" })).toHaveAttribute("aria-disabled", "true");
  await expectWhole(page);
});

test("a passkey signs in by itself, and once there is one a password alone does not", async ({ page }) => {
  const { cdp, authenticatorId } = await addAuthenticator(page);
  const verified = (isUserVerified: boolean) =>
    cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  const ada = await signUp(page);
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByText("A name is needed.")).toBeVisible();
  await dialog.getByLabel("Name", { exact: true }).fill("Phone");
  await expectWhole(page);

  // Put aside: nothing is wrong, and nothing was added.
  await verified(false);
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByRole("button", { name: "Go on" })).not.toHaveAttribute("aria-busy", "true");
  await expect(dialog.getByRole("alert")).toBeHidden();
  await verified(true);

  // The dialog put aside while the device waits for somebody to touch it: what comes of that adds nothing that nobody sees.
  const touched = (enabled: boolean) =>
    cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
  await touched(false);
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByRole("button", { name: "Go on" })).toHaveAttribute("aria-busy", "true");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await touched(true);
  await page.reload();
  await expect(page.getByText("You have no passkey.")).toBeVisible();
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await dialog.getByLabel("Name", { exact: true }).fill("Phone");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByText("Keep these recovery codes")).toBeVisible();
  const [first = ""] = (await dialog.locator("pre").innerText()).split("\n");
  await dialog.getByRole("button", { name: "I have kept the codes" }).click();
  await expect(page.getByText("10 recovery codes are left")).toBeVisible();
  await expect(page.getByText("never used", { exact: false }).first()).toBeVisible();
  await page.getByRole("button", { name: "Rename Phone" }).click();
  await dialog.getByLabel("Name", { exact: true }).fill("Laptop");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("button", { name: "Remove Laptop" })).toBeVisible();
  await expectWhole(page);
  // The device has one of this account already.
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await dialog.getByLabel("Name", { exact: true }).fill("Again");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog.getByText("This device has a passkey of your account already")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await signOut(page);
  await verified(false);
  await byPasskey(page).click();
  await expect(byPasskey(page)).not.toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeHidden();
  await verified(true);
  await byPasskey(page).focus();
  await page.keyboard.press("Enter");
  await expect(newContainer(page)).toBeVisible();

  // Whoever knows the password alone stays out.
  await signOut(page);
  await signIn(page, ada);
  await expect(page.getByText("this account asks for a passkey too: sign in with it")).toBeVisible();
  const code = page.getByLabel("Recovery code", { exact: true });
  await expect(code).toBeFocused();
  await expectWhole(page);
  await byPasskey(page).click();
  await expect(newContainer(page)).toBeVisible();
  await signOut(page);
  await signIn(page, ada);
  await code.fill(first);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(newContainer(page)).toBeVisible();
  await page.goto("/settings/account");
  await expect(page.getByText("9 recovery codes are left")).toBeVisible();

  await page.getByRole("button", { name: "New recovery codes" }).click();
  await expect(dialog.getByLabel("Or a recovery code")).toBeVisible();
  await dialog.getByRole("button", { name: "Use a passkey" }).click();
  await expect(dialog.getByText("Keep these recovery codes")).toBeVisible();
  await dialog.getByRole("button", { name: "I have kept the codes" }).click();
  await expect(page.getByText("10 recovery codes are left")).toBeVisible();

  // A page whose session ended elsewhere goes on by it too.
  await meetEndedSession(page);
  await dialog.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole("button", { name: "Remove Laptop" }).click();
  await expect(dialog.getByText(/^It is the last/)).toBeVisible();
  await expectWhole(page);
  // Signed in an hour ago: the password says that it is still the same person, and is not enough to take a passkey away.
  await signedInLongAgo(ada);
  await dialog.getByRole("button", { name: "Remove Laptop" }).click();
  await expect(page.getByRole("heading", { name: "Enter your password" })).toBeVisible();
  await expectWhole(page);
  await page.getByLabel("Password", { exact: true }).fill(ada.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Show that it is you" })).toBeVisible();
  await expectWhole(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText("It is off: your password is enough.")).toBeVisible();
  await page.goto("/activity");
  await expect(page.getByText("removed a passkey")).toBeVisible();
  await signOut(page);
  // The device still offers it.
  await byPasskey(page).click();
  await expect(page.getByText("This passkey is not known here")).toBeVisible();
  await expectWhole(page);
  await signIn(page, ada);
  await expect(newContainer(page)).toBeVisible();
});
