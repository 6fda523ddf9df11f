// Which ways of signing in are tried, in which order, and what the host answered to them: so that a refusal can be explained.
import type { AnyAuthMethod, AuthenticationType, NextAuthHandler } from "ssh2";
import type { SshAuthReason } from "./ssh-error";

interface Credentials {
  user: string;
  password?: string | undefined;
  privateKey?: string | undefined;
}

export interface SignIn {
  /** For ssh2: the next way, or none. */
  next(this: void, left: AuthenticationType[] | null, partial: boolean | null, next: NextAuthHandler): void;
  /** Answers to one round of keyboard-interactive. */
  answer(prompts: readonly { prompt: string }[]): string[];
  /** Why it was refused, as far as the host's answers show it. */
  reason(): SshAuthReason;
}

const CODE = /code|otp|token|passcode|factor|verif|duo|yubi/i;

export function createSignIn({ user, password, privateKey }: Credentials): SignIn {
  const ways: AnyAuthMethod[] = [
    { type: "none", username: user },
    ...(privateKey ? [{ type: "publickey", username: user, key: privateKey } as const] : []),
    ...(password
      ? [
          { type: "password", username: user, password } as const,
          { type: "keyboard-interactive", username: user, prompt: () => undefined } as const,
        ]
      : []),
  ];
  let offered: readonly string[] | null = null;
  let accepted = false;
  let rounds = 0;
  let wantsCode = false;
  const offers = (type: string): boolean => offered === null || offered.includes(type);
  return {
    next(left, partial, next) {
      if (left !== null && left.length > 0) offered = left;
      if (partial === true) accepted = true;
      for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
        if (!offers(way.type) && way.type !== "none") continue;
        // By name: ssh2 then raises its own event for the prompts.
        next(way.type === "keyboard-interactive" ? "keyboard-interactive" : way);
        return;
      }
      next(false as never); // what ssh2 documents for "no more"; its types lack it
    },
    answer(prompts) {
      if (prompts.length === 0) return [];
      rounds += 1;
      // A host that wants the password this way asks one question, once; what it asks then is a second factor.
      if (prompts.length > 1 || rounds > 1 || CODE.test(prompts[0]?.prompt ?? "")) {
        wantsCode = true;
        return [];
      }
      return [password ?? ""];
    },
    reason() {
      if (wantsCode || accepted) return "second_factor";
      const password_ = offers("password") || offers("keyboard-interactive");
      if (offered === null) return "refused";
      if (!privateKey && !password_ && offers("publickey")) return "key_only";
      if (!password && password_ && !offers("publickey")) return "password_only";
      if (privateKey && password && offers("publickey") && password_) return "refused";
      if (privateKey && offers("publickey")) return "key_refused";
      return password && password_ ? "password_refused" : "refused";
    },
  };
}
