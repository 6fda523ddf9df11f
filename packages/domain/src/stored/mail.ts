// What a mail's text is made of, as it is kept, sealed, until the mail is sent. `token`: of the link in it.
import { z } from "zod";
import { storedDocument } from "./document";

const Role = z.enum(["OWNER", "ADMIN", "OPERATOR", "VIEWER"]);

const What = {
  hostname: z.string(),
  project: z.string(),
};

const Lent = {
  /** Of its page on this Homeport: "/p/web/containers/…". */
  path: z.string(),
  /** Null: it is not destroyed. */
  destroyedAt: z.string().nullable(),
};

const MailContent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("confirm_address"), token: z.string() }),
  z.object({ kind: z.literal("change_address"), token: z.string(), from: z.string() }),
  /** These two to the address before: that one was asked for, and that it is so. */
  z.object({ kind: z.literal("change_asked"), to: z.string() }),
  z.object({ kind: z.literal("address_changed"), to: z.string() }),
  z.object({ kind: z.literal("reset_password"), token: z.string() }),
  z.object({ kind: z.literal("password_changed") }),
  z.object({ kind: z.literal("second_factor_on") }),
  z.object({ kind: z.literal("second_factor_off") }),
  /** The app alone: passkeys are left. */
  z.object({ kind: z.literal("app_removed") }),
  /** All that there were, by who runs the installation. */
  z.object({ kind: z.literal("factors_ended") }),
  z.object({ kind: z.literal("recovery_code_used") }),
  z.object({ kind: z.literal("passkey_added") }),
  z.object({ kind: z.literal("recovery_codes_made") }),
  z.object({ kind: z.literal("passkey_removed") }),
  z.object({
    kind: z.literal("invitation"),
    token: z.string(),
    organization: z.string(),
    role: Role,
    project: z.object({ name: z.string(), role: Role.nullable() }).nullable(),
    invitedBy: z.object({ name: z.string(), email: z.string() }),
  }),
  /** To those who can approve it. */
  z.object({
    kind: z.literal("approval_wanted"),
    ...What,
    askedBy: z.object({ name: z.string(), email: z.string() }),
  }),
  /** To who asked. */
  z.object({ kind: z.literal("approval_decided"), ...What, approved: z.boolean() }),
  /** Of a lease: that it ends, that it has ended, and that the container is about to be destroyed. Times in ISO 8601. */
  z.object({ kind: z.literal("lease_ends"), ...What, ...Lent, endsAt: z.string() }),
  z.object({ kind: z.literal("lease_ended"), ...What, ...Lent }),
  z.object({ kind: z.literal("lease_destroys"), ...What, ...Lent }),
]);
export type MailContent = z.output<typeof MailContent>;

export const StoredMail = storedDocument(MailContent);
