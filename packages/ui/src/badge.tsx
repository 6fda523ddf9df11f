// A small word in a frame: a revision, a default, a count.
import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const style = cva(
  "inline-flex h-5 shrink-0 items-center gap-1 rounded-sm border px-1.5 text-meta whitespace-nowrap [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "border-line bg-sunken text-muted",
        accent: "border-transparent bg-accent-soft text-accent",
        wait: "border-transparent bg-wait-soft text-wait",
        bad: "border-transparent bg-bad-soft text-bad",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type BadgeProps = ComponentProps<"span"> & VariantProps<typeof style>;

export function Badge({ tone, className, ...rest }: BadgeProps) {
  return <span className={cn(style({ tone }), className)} {...rest} />;
}
