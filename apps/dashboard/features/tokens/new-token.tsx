"use client";
// A token that was just made, which nobody is shown again, and a first call with it.
import type { IssuedToken } from "@homeport/api";
import { Banner } from "@homeport/ui/banner";
import { CodeBlock } from "@homeport/ui/code-block";
import { RelativeTime } from "@homeport/ui/relative-time";
import { CopyField } from "@/components/copy-field";

export function NewToken({ issued: { token, expiresAt } }: { issued: IssuedToken }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <CopyField
        label="Token"
        hint="Keep it as you keep a password: whoever has it acts in your name."
        value={token}
        copyLabel="Copy the token"
      />
      <Banner
        tone="wait"
        title={
          <>
            It is shown only now. It ends <RelativeTime at={expiresAt} />.
          </>
        }
      />
      <div className="grid grid-cols-1 gap-2">
        <p>Put it into a file that only you can read; paste it when you are asked:</p>
        <CodeBlock text={KEEP} copyLabel="Copy the command that keeps it" />
        <p>A first call with it:</p>
        <CodeBlock text={firstCall(window.location.origin)} copyLabel="Copy the first call" />
      </div>
    </div>
  );
}

/** For any shell of Unix. What is pasted stands in no argument, which every process of the machine could read, and in no history. */
const KEEP = [
  "(umask 077; trap 'stty echo 2>/dev/null' EXIT; trap 'exit 130' INT; printf 'Token: ' >&2; stty -echo 2>/dev/null; IFS= read -r token",
  '  [ -n "$token" ] && printf \'Authorization: Bearer %s\\n\' "$token" > homeport-token)',
].join("\n");

function firstCall(origin: string): string {
  return `curl -H @homeport-token ${origin}/api/trpc/tokens.own`;
}
