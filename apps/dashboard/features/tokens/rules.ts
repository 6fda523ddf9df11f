// The form's rules, in a file of their own so that the page is there before them.
import { CreateTokenInput } from "@homeport/domain/account/token-input";
import { zodResolver } from "@hookform/resolvers/zod";

export const tokenRules = zodResolver(CreateTokenInput);
