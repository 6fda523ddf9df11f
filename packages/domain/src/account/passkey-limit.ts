// How many passkeys one account has at most; apart from the forms' rules, as every page of the account says it.

export const MOST_PASSKEYS = 10;
