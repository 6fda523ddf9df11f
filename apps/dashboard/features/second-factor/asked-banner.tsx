"use client";
// Organizations of which the person sees nothing until they have a second factor: which, and the way to it.
import type { SecondFactorView } from "@homeport/api";
import { Banner } from "@homeport/ui/banner";
import { Button } from "@homeport/ui/button";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { Link } from "@/components/link";
import { listOf } from "@/lib/format/list";
import { trpc } from "@/lib/trpc";

const EVERY_MS = 60_000;

/** `first`: as it was when the page was drawn. An owner may require it while the page is open. */
export function AskedBanner({ first }: { first: SecondFactorView }) {
  const router = useRouter();
  const { data } = trpc.secondFactor.show.useQuery(undefined, {
    initialData: first,
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
  });
  const on = data.confirmedAt !== null || data.passkeys > 0;
  const by = on ? [] : data.askedBy;
  const names = by.join("\n");
  const drawn = useRef(names);
  useEffect(() => {
    if (drawn.current === names) return;
    drawn.current = names;
    // The projects that the page knows are other ones now. Who has just set it up still has the recovery codes on screen: their dialog does it.
    if (!on) router.refresh();
  }, [names, on, router]);
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
