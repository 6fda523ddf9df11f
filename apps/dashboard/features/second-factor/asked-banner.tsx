// Organizations of which the person sees nothing until they have a second factor: which, and the way to it.
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { Link } from "@/components/link";
import { listOf } from "@/lib/format/list";

export function AskedBanner({ by }: { by: readonly string[] }) {
  if (by.length === 0) return null;
  const [verb, whose] = by.length === 1 ? ["requires", "its"] : ["require", "their"];
  return (
    <Banner
      tone="wait"
      className="mb-4"
      title={`${listOf(by)} ${verb} two-factor sign-in.`}
      actions={
        <Button asChild size="sm">
          <Link href="/settings/account">Set it up</Link>
        </Button>
      }
    >
      You see {whose} projects as soon as your account has it.
    </Banner>
  );
}
