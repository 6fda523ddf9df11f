"use client";
// A button that, when it cannot be pressed, says why: to the pointer, the keyboard and the screen reader.
import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import { useId, type ComponentProps, type ReactNode } from "react";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

export const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-md border text-sm font-medium whitespace-nowrap select-none transition-colors aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent not-aria-disabled:hover:brightness-110",
        secondary: "border-line bg-raised text-fg not-aria-disabled:hover:bg-hover",
        ghost: "border-transparent bg-transparent text-fg not-aria-disabled:hover:bg-hover",
        danger: "border-transparent bg-bad text-on-bad not-aria-disabled:hover:brightness-110",
        link: "h-auto! border-transparent px-0! text-accent not-aria-disabled:hover:underline",
      },
      size: { md: "h-9 px-3.5", sm: "h-7 px-2.5 text-[13px]", icon: "size-9", "icon-sm": "size-7" },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled">, VariantProps<typeof buttonStyle> {
  /** Why it cannot be pressed now; shown and announced. */
  disabledReason?: string | undefined;
  /** Its own work is under way: shown on it, and pressing again does nothing. */
  busy?: boolean | undefined;
  asChild?: boolean;
  children?: ReactNode;
}

export function Button({ variant, size, disabledReason, busy = false, asChild = false, className, onClick, children, type = "button", ...rest }: ButtonProps) {
  const reasonId = useId();
  const off = disabledReason !== undefined || busy;
  const Element = asChild ? Slot.Root : "button";
  const button = (
    <Element
      {...(asChild ? {} : { type })}
      {...rest}
      className={cn(buttonStyle({ variant, size }), className)}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason === undefined ? rest["aria-describedby"] : reasonId}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {asChild ? children : <>{busy && <LoaderCircle aria-hidden className="animate-spin" />}{!(busy && (size === "icon" || size === "icon-sm")) && children}</>}
    </Element>
  );
  if (disabledReason === undefined) return button;
  return (
    <>
      <Tooltip text={disabledReason}>{button}</Tooltip>
      <span id={reasonId} className="sr-only">{disabledReason}</span>
    </>
  );
}
