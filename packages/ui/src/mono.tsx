// Ids, addresses and fingerprints.
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Mono({ className, ...rest }: ComponentProps<"span">) {
  return <span className={cn("font-mono text-[0.93em] break-all", className)} {...rest} />;
}
