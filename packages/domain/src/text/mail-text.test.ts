// What mails say: a link for each that needs one, its token behind "#", and nothing that a reader's program takes for markup.
import { expect, test } from "vitest";
import { htmlBody, plainBody } from "../mail/mail-body";
import { StoredMail, type MailContent } from "../stored/mail";
import { mailText, mailTitle } from "./mail-text";

const token = "T".repeat(43);
const AT = "https://homeport.lan";
const invitation = {
  kind: "invitation",
  token,
  organization: '<b>Werk</b> & "Büro"',
  role: "OPERATOR",
  project: { name: "Web", role: "VIEWER" },
  invitedBy: { name: "Ada <script>", email: "ada@example.com" },
} as const satisfies MailContent;
const lent = {
  hostname: "web-1",
  project: "Web",
  path: "/p/web/containers/1",
  destroyedAt: "2027-02-07T10:00:00.000Z",
};
const all: Record<MailContent["kind"], MailContent> = {
  confirm_address: { kind: "confirm_address", token },
  change_address: { kind: "change_address", token, from: "old@example.com" },
  change_asked: { kind: "change_asked", to: "new@example.com" },
  address_changed: { kind: "address_changed", to: "new@example.com" },
  reset_password: { kind: "reset_password", token },
  password_changed: { kind: "password_changed" },
  second_factor_on: { kind: "second_factor_on" },
  second_factor_off: { kind: "second_factor_off" },
  app_removed: { kind: "app_removed" },
  factors_ended: { kind: "factors_ended" },
  recovery_code_used: { kind: "recovery_code_used" },
  passkey_added: { kind: "passkey_added" },
  recovery_codes_made: { kind: "recovery_codes_made" },
  passkey_removed: { kind: "passkey_removed" },
  invitation,
  approval_wanted: {
    kind: "approval_wanted",
    hostname: "web-1",
    project: "Web",
    askedBy: { name: "Bob", email: "bob@example.com" },
  },
  approval_decided: { kind: "approval_decided", hostname: "web-1", project: "Web", approved: false },
  lease_ends: { kind: "lease_ends", ...lent, endsAt: "2027-01-31T10:00:00.000Z" },
  lease_ended: { kind: "lease_ended", ...lent },
  lease_destroys: { kind: "lease_destroys", ...lent },
};

test.each(Object.values(all))("$kind has a title, a subject and a text, and its link on this Homeport", (content) => {
  expect(StoredMail.parse(JSON.parse(JSON.stringify(content)))).toEqual(content);
  const { subject, paragraphs, link } = mailText(content, AT);
  expect([mailTitle[content.kind], subject, ...paragraphs].filter((text) => text.trim() === "")).toEqual([]);
  if (!("token" in content)) return;
  expect(link?.href).toMatch(new RegExp(`^${AT}/[a-z-]+#${token}$`));
  expect(subject + paragraphs.join("")).not.toContain(token);
});

test("an invitation says who invites to what and as what", () => {
  expect(mailText(invitation, AT).paragraphs[0]).toBe(
    `“Ada <script>” (ada@example.com) invites you to the organization “<b>Werk</b> & 'Büro'” at Homeport, ${AT}, as an operator, and to its project “Web” as a viewer.`,
  );
  const crafty = { ...invitation, organization: "Lab” at Homeport. “Your account ends: https://evil.example" };
  const [said = ""] = mailText(crafty, AT).paragraphs;
  expect(said).toContain("“Lab' at Homeport. 'Your account ends: evil.example”");
  expect(mailText(crafty, AT).subject).not.toContain("Lab");
  expect(mailText({ ...invitation, project: null }, AT).paragraphs[0]).toMatch(/as an operator\.$/);
});

test("as plain text the link stands before the last paragraph; as HTML no name is markup", () => {
  const text = mailText(invitation, AT);
  expect(
    plainBody(text)
      .split("\n\n")
      .map((part) => part.split("\n")[0]),
  ).toEqual([text.paragraphs[0], "Open the invitation:", text.paragraphs[1]]);
  expect(plainBody(mailText(all.address_changed, AT))).not.toContain("null");
  const html = htmlBody(text);
  expect(html).toContain("“&lt;b&gt;Werk&lt;/b&gt; &amp; &#39;Büro&#39;”");
  expect(html).not.toContain("<script>");
  expect(html).not.toMatch(/<img|<link|src=|@import/);
  expect(html.match(new RegExp(`href="${AT}/invitation#${token}"`, "g"))).toHaveLength(1);
});

test("of a lease it says when it is destroyed, and that it is not", () => {
  expect(mailText(all.lease_ends, AT).paragraphs[0]).toMatch(
    /is lent until 2027-01-31 10:00 UTC\. .* on 2027-02-07 10:00 UTC/,
  );
  expect(mailText({ kind: "lease_ended", ...lent, destroyedAt: null }, AT).paragraphs[0]).toMatch(
    /It is not destroyed\.$/,
  );
  expect(mailText(all.lease_destroys, AT).link?.href).toBe(`${AT}/p/web/containers/1`);
});
