// Every procedure on passkeys once, for the rules that hold for all of them.
import { createAuthenticator } from "./authenticator";
import { browser, type TestApi, type TestPerson } from "./fixture";
import type { Use } from "./use";

/** One that nobody can sign in with, as a row. */
export async function passkeyOf(api: TestApi, userId: string): Promise<string> {
  const data = { userId, name: "Phone", credentialId: userId, publicKey: new Uint8Array(), rpId: "", backedUp: false };
  return (await api.db.passkey.create({ data, select: { id: true } })).id;
}

export async function usePasskeys(api: TestApi, ada: TestPerson, use: Use): Promise<void> {
  const { passkeys } = await ada.caller();
  const key = createAuthenticator({ origin: api.deps.config.publicUrl ?? "" });
  await use("passkeys.place", async () => (await browser(api).caller()).passkeys.place());
  const creation = await use("passkeys.beginRegister", () => passkeys.beginRegister({ name: "Phone" }));
  const { id } = await use("passkeys.register", () =>
    passkeys.register({ name: "Phone", answer: key.create(creation) }),
  );
  await use("passkeys.list", () => passkeys.list());
  await use("passkeys.rename", () => passkeys.rename({ id, name: "Telephone" }));
  const once = await use("passkeys.beginConfirm", () => passkeys.beginConfirm({ purpose: "confirm" }));
  await use("passkeys.confirm", () => passkeys.confirm({ answer: key.get(once) }));
  const again = await passkeys.beginConfirm({ purpose: "renew_codes" });
  await use("passkeys.renewCodes", () => passkeys.renewCodes({ answer: key.get(again) }));
  const other = (await browser(api).caller()).passkeys;
  const asked = await use("passkeys.beginSignIn", () => other.beginSignIn());
  await use("passkeys.signIn", () => other.signIn({ answer: key.get(asked) }));
  await use("passkeys.remove", () => passkeys.remove({ id }));
}
