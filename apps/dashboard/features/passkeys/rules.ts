// The form's rules, in a file of their own so that the page is there before them.
import { PasskeyNameInput } from "@homeport/domain/account/passkey-input";
import { zodResolver } from "@hookform/resolvers/zod";

export const nameRules = zodResolver(PasskeyNameInput);
