// What a browser answers for a passkey, as @simplewebauthn/browser sends it; what is not used is left out.
import { PasskeyName } from "@homeport/domain/account/passkey-input";
import { z } from "zod";

const base64Url = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\w-]+$/);
/** Of a credential: 1023 bytes at most (WebAuthn, 4), in base64url. */
const Id = base64Url(1_364);
const ClientData = base64Url(8_000);
const credential = { id: Id, rawId: Id, type: z.literal("public-key") };

export const Assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: ClientData,
    authenticatorData: base64Url(4_000),
    signature: base64Url(8_000),
    userHandle: base64Url(100).optional(),
  }),
});
export type Assertion = z.output<typeof Assertion>;

const Registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: ClientData,
    attestationObject: base64Url(16_000),
    /** As the browser calls them; those that nobody knows yet come back to it as they are. */
    transports: z
      .array(z.string().regex(/^[\w-]{1,30}$/))
      .max(10)
      .optional(),
  }),
});
export type Registration = z.output<typeof Registration>;

/** What a passkey is used for in a session: what was signed for one counts for no other. */
export const ConfirmInput = z.strictObject({ purpose: z.enum(["confirm", "renew_codes"]) });
export type ConfirmInput = z.output<typeof ConfirmInput>;

export const AnswerInput = z.strictObject({ answer: Assertion });
export const RegisterInput = z.strictObject({ name: PasskeyName, answer: Registration });
export type RegisterInput = z.output<typeof RegisterInput>;
