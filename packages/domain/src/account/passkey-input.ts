// What a person types about a passkey: one schema for the forms and the router.
import "../text/input-messages";
import { z } from "zod";
import { VisibleName } from "./visible-name";

export const PasskeyName = VisibleName(60);
export const PasskeyNameInput = z.strictObject({ name: PasskeyName });
export type PasskeyNameInput = z.input<typeof PasskeyNameInput>;
