// Which passwords an account may have; the server also refuses known ones (auth/known-passwords).

export const PASSWORD_MIN = 10;
/** Argon2id would take more, but a longer one is only a way to make us work. */
export const PASSWORD_MAX = 200;

/** Why `password` cannot be the password of `email`; `undefined` when it can. */
export function whyNotPassword(password: string, email: string): string | undefined {
  if (password.length < PASSWORD_MIN) return `At least ${PASSWORD_MIN} characters.`;
  if (password.length > PASSWORD_MAX) return `At most ${PASSWORD_MAX} characters.`;
  const plain = password.trim().toLowerCase();
  const address = email.trim().toLowerCase();
  if (plain === address || plain === address.split("@")[0]) return "Not your e-mail address.";
  if (new Set(plain).size < 4) return "Too easy to guess: it is among the first that are tried.";
  return undefined;
}
