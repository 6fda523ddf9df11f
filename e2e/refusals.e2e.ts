// Every expected refusal that a page or a call can meet, in the built dashboard: its status and its sentence (the table says which).
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { createDb, type Db } from "@homeport/db/client";
import { createVault, readKeys } from "@homeport/db/sealing";
import { table } from "@homeport/api/testing/refusals-table";
import superjson from "superjson";
import { type Person, signIn, signUp, somebody } from "./people";
import { refusedCalls } from "./refusal-calls";
import type { ShownBy } from "./refusal-types";
import { homeAt } from "../scripts/stack/paths";
import { readInfo } from "./stack";

let db: Db;
test.beforeAll(() => {
  db = createDb(readInfo().databaseUrl, { max: 2 });
});
test.afterAll(() => db.$disconnect());

async function trySignUp(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel(/e-?mail/i).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign up", exact: true }).click();
}

async function typePasswords(page: Page, current: string): Promise<void> {
  await page.getByLabel("Current password").fill(current);
  await page.getByLabel("New password").fill("another night in the lab");
}

async function tryPassword(page: Page, current: string): Promise<void> {
  await typePasswords(page, current);
  await page.getByRole("button", { name: "Change password" }).click();
}

interface Scene {
  page: Page;
  /** Signed in. */
  person: Person;
  visitor: Page;
}

/** What a person does to meet it; `words` when the page says it in other words than the API. */
const doings: Record<ShownBy<"page">, { path: string; words?: string; act: (scene: Scene) => Promise<Page> }> = {
  "sign_in.wrong": {
    path: "auth.signIn",
    act: async ({ visitor, person }) => {
      await signIn(visitor, { ...person, password: "not the password" });
      return visitor;
    },
  },
  "tries.too_many": {
    path: "auth.signIn",
    act: async ({ visitor }) => {
      const email = `${randomUUID()}@example.com`;
      const key = `sign-in:account:${createHash("sha256").update(email).digest("hex").slice(0, 32)}`;
      // The stack of these tests widens the limits: the bucket is emptied instead of drained.
      await db.rateLimit.create({ data: { key, tokens: -1_000, refilledAt: new Date() } });
      await signIn(visitor, { email, password: "whatever it is" });
      return visitor;
    },
  },
  "sign_in.disabled": {
    path: "auth.signIn",
    act: async ({ visitor, person }) => {
      await db.user.update({ where: { email: person.email }, data: { status: "DISABLED" } });
      await signIn(visitor, person);
      return visitor;
    },
  },
  "sign_in.code_needed": {
    path: "auth.signIn",
    act: async ({ visitor, person }) => {
      const user = { connect: { email: person.email } };
      await db.user.update({ where: { email: person.email }, data: { status: "ACTIVE" } });
      await db.secondFactor.create({ data: { user, secret: "not looked at", confirmedAt: new Date() } });
      await signIn(visitor, person);
      return visitor;
    },
  },
  "second_factor.wrong": {
    path: "auth.signIn",
    act: async ({ visitor, person }) => {
      await signIn(visitor, person);
      await visitor.getByLabel("Code", { exact: true }).fill("aaaa bbbb cccc dddd");
      await visitor.getByRole("button", { name: "Sign in", exact: true }).click();
      await visitor.getByText("This code does not count").waitFor();
      await db.secondFactor.deleteMany({ where: { user: { email: person.email } } });
      return visitor;
    },
  },
  "sign_up.email_taken": {
    path: "auth.signUp",
    act: async ({ visitor, person }) => {
      await trySignUp(visitor, person);
      return visitor;
    },
  },
  "password.weak": {
    path: "auth.signUp",
    words: "Too easy to guess",
    act: async ({ visitor }) => {
      await trySignUp(visitor, { ...somebody(), password: "iloveyou123" });
      return visitor;
    },
  },
  "password.current_wrong": {
    path: "auth.changePassword",
    act: async ({ page, person }) => {
      await db.user.update({ where: { email: person.email }, data: { status: "ACTIVE" } }); // its session is valid again
      await page.goto("/settings/account");
      await tryPassword(page, "not the password");
      return page;
    },
  },
  "token.name_taken": {
    path: "tokens.create",
    act: async ({ page }) => {
      await page.goto("/settings/account");
      for (const closes of [true, false]) {
        await page.getByRole("button", { name: "New token" }).click();
        await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("backup");
        await page.getByRole("button", { name: "Make the token" }).click();
        if (closes) await page.getByRole("button", { name: "Done" }).click();
      }
      return page;
    },
  },
  "address.same": {
    path: "address.change",
    act: async ({ page, person }) => {
      await page.goto("/settings/account");
      await page.getByRole("button", { name: "Change address" }).click();
      await page.getByLabel("New address").fill(person.email);
      await page.getByRole("button", { name: "Make the link" }).click();
      return page;
    },
  },
  "link.unknown": {
    path: "address.showLink",
    act: async ({ visitor }) => {
      await visitor.goto(`/confirm-address#${"A".repeat(43)}`);
      return visitor;
    },
  },
  "link.ended": {
    path: "reset.show",
    act: async ({ visitor, person }) => {
      const token = randomBytes(32).toString("base64url");
      const tokenHash = createHash("sha256").update(token).digest("hex");
      const user = { connect: { email: person.email } };
      await db.passwordResetToken.create({ data: { user, tokenHash, expiresAt: new Date() } });
      await visitor.goto(`/reset-password#${token}`);
      return visitor;
    },
  },
  "project.slug_taken": {
    path: "projects.create",
    act: async ({ page }) => {
      await page.goto("/");
      await expect(page).toHaveURL(/\/p\/./);
      const [, slug = ""] = /\/p\/([^/?]+)/.exec(page.url()) ?? [];
      await page.goto("/projects/new");
      await page.getByLabel("Name", { exact: true }).fill("Second");
      await page.getByLabel("Address").fill(slug);
      await page.getByRole("button", { name: "Create project" }).click();
      return page;
    },
  },
  "organization.slug_taken": {
    path: "organizations.create",
    act: async ({ page, person }) => {
      const { slug } = await db.organization.findFirstOrThrow({ where: { personalOf: { email: person.email } } });
      await makeOrganization(page, slug);
      return page;
    },
  },
  "organization.last_owner": {
    path: "organizations.leave",
    act: async ({ page }) => {
      const slug = `alone-${randomUUID().slice(0, 8)}`;
      await makeOrganization(page, slug);
      await expect(page).toHaveURL(new RegExp(`/o/${slug}$`));
      await page.goto(`/o/${slug}/settings`);
      await page.getByRole("button", { name: "Leave Alone" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Leave Alone" }).click();
      return page;
    },
  },
  "invitation.unknown": {
    path: "invitations.show",
    act: async ({ visitor }) => {
      await visitor.goto(`/invitation#${"A".repeat(43)}`);
      return visitor;
    },
  },
  "thing.not_found": {
    path: "runs.get",
    words: "is not there",
    act: async ({ page }) => {
      await page.goto(`/runs/${randomUUID()}`);
      return page;
    },
  },
  "session.none": {
    path: "auth.changePassword",
    act: async ({ page, person }) => {
      await page.goto("/settings/account");
      await typePasswords(page, person.password);
      // Only now: whatever else the page asks would be answered with the sign-in dialog, over the form.
      await db.session.deleteMany({ where: { user: { email: person.email } } });
      await page.getByRole("button", { name: "Change password" }).click();
      return page;
    },
  },
};

async function makeOrganization(page: Page, slug: string): Promise<void> {
  await page.goto("/organizations/new");
  await page.getByLabel("Name", { exact: true }).fill("Alone");
  await page.getByLabel("Address").fill(slug);
  await page.getByRole("button", { name: "Create organization" }).click();
}

test("what is refused on a page is refused with its status and its sentence", async ({ page, browser }) => {
  const person = await signUp(page);
  for (const [name, { path, words, act }] of Object.entries(doings) as [
    ShownBy<"page">,
    (typeof doings)["sign_in.wrong"],
  ][]) {
    await test.step(name, async () => {
      const { status, reads } = table[name];
      const visitor = await (await browser.newContext()).newPage();
      const answers: { status: number; wait: string | null; text: string }[] = [];
      for (const one of [page, visitor])
        one.on("response", (answer) => {
          if (answer.url().includes(path))
            void answer.text().then(
              (text) => answers.push({ status: answer.status(), wait: answer.headers()["retry-after"] ?? null, text }),
              () => undefined,
            );
        });
      const shown = await act({ page, person, visitor });
      await expect(shown.getByText(words ?? reads).first()).toBeVisible();
      // The page may show it before its text has come to this test.
      if (name !== "thing.not_found")
        await expect
          .poll(() => answers.at(-1), { message: name })
          .toMatchObject({
            status,
            wait: status === 429 ? expect.stringMatching(/^\d+$/) : null,
            text: expect.stringContaining(words ?? reads),
          });
      page.removeAllListeners("response");
      await visitor.context().close();
    });
  }
});

test("what a call meets is refused with its status and its sentence", async ({ page, baseURL }) => {
  const person = await signUp(page);
  const { id: userId } = await db.user.findUniqueOrThrow({ where: { email: person.email } });
  const calls = await refusedCalls({ db, vault: createVault(readKeys(homeAt(readInfo().home).sealingKeys)) }, userId);
  const seen: Record<string, unknown> = {};
  const due: Record<string, unknown> = {};
  for (const [name, { path, input, query, headers }] of Object.entries(calls)) {
    const body = superjson.serialize(input);
    const answer =
      query === true
        ? await page.request.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(body))}`, {
            headers: headers ?? {},
          })
        : await page.request.post(`/api/trpc/${path}`, {
            headers: { "content-type": "application/json", origin: baseURL ?? "", ...headers },
            data: JSON.stringify(body),
          });
    const text = await answer.text();
    const { status, reads } = table[name as ShownBy<"call">];
    due[name] = [status, reads];
    seen[name] = [answer.status(), text.includes(reads) ? reads : text.slice(0, 300)];
  }
  expect(seen).toEqual(due);
});
