"use client";
// A button that says what it does, shows that it is doing it, and says why it cannot.
import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import { useId, type ComponentProps, type MouseEvent } from "react";
import { useAlive } from "./alive";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

export const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-md border text-body font-medium whitespace-nowrap select-none transition-colors duration-100 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent hover:not-aria-disabled:bg-accent-hover",
        secondary: "border-line bg-surface text-text hover:not-aria-disabled:bg-hover",
        ghost: "border-transparent text-text hover:not-aria-disabled:bg-hover",
        danger: "border-transparent bg-bad text-on-bad hover:not-aria-disabled:bg-bad-hover",
        "danger-ghost": "border-line bg-surface text-bad hover:not-aria-disabled:bg-bad-soft",
      },
      size: { sm: "h-7 px-2 text-table", md: "h-8 px-3", lg: "h-10 px-4" },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled">, VariantProps<typeof buttonStyle> {
  /** Why it cannot be pressed now. It stays focusable, so that the reason can be read. */
  disabledReason?: string | undefined;
  /** What was asked for is under way: a second press does nothing. */
  pending?: boolean | undefined;
  /** Draws its only child, a link say, as the button. */
  asChild?: boolean;
}

export function Button({
  variant,
  size,
  className,
  disabledReason,
  pending = false,
  asChild = false,
  onClick,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const alive = useAlive();
  const refused = disabledReason !== undefined;
  const style = cn(buttonStyle({ variant, size }), className);
  if (asChild && !refused)
    return (
      <Slot.Root className={style} {...rest}>
        {children}
      </Slot.Root>
    );

  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    // Also stops a form from being sent: the button is not `disabled`, it only refuses.
    if (refused || pending) event.preventDefault();
    else onClick?.(event);
  };
  const button = (
    // Before the page is alive the browser would send the form itself, without our checks.
    <button
      type={type}
      disabled={type === "submit" && !alive}
      className={style}
      onClick={press}
      {...rest}
      {...(refused || pending ? { "aria-disabled": true } : {})}
      {...(pending ? { "aria-busy": true } : {})}
      {...(refused ? { "aria-describedby": reasonId } : {})}
    >
      {pending && <LoaderCircle aria-hidden className="motion-safe:animate-spin" />}
      {asChild ? labelOf(children) : children}
    </button>
  );
  if (!refused) return button;
  return (
    <>
      <Tooltip content={disabledReason}>{button}</Tooltip>
      <span id={reasonId} hidden>
        {disabledReason}
      </span>
    </>
  );
}

/** A link that is refused is drawn as a button with the link's words. */
function labelOf(child: ButtonProps["children"]): ButtonProps["children"] {
  const props =
    typeof child === "object" && child !== null && "props" in child
      ? (child.props as { children?: ButtonProps["children"] })
      : undefined; // a React element's props are untyped
  return props?.children ?? child;
}
