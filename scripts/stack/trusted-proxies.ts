// HOMEPORT_TRUSTED_PROXIES, checked before anything starts: a slip in it would silently count all visitors as one.
import { isAddressOrNetwork } from "../../packages/domain/src/container/ip-address";

/** The text as it is. Throws a sentence that names what is neither an address nor a network. */
export function trustedProxiesOf(text: string | undefined): string | undefined {
  const wrong = (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .find((part) => part !== "" && !isAddressOrNetwork(part));
  if (wrong !== undefined)
    throw new Error(
      `HOMEPORT_TRUSTED_PROXIES: “${wrong}” is neither an address nor a network. Write them with commas between them, such as 10.0.0.2,10.1.0.0/16.`,
    );
  return text;
}
