"use client";
// A button that is only an icon: its name is for those who hear it and for the tooltip.
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

export interface IconButtonProps extends Omit<ButtonProps, "children" | "asChild" | "aria-label"> {
  label: string;
  icon: ReactNode;
}

export function IconButton({ label, icon, className, variant = "ghost", size = "md", ...rest }: IconButtonProps) {
  const square = { sm: "w-7 px-0", md: "w-8 px-0", lg: "w-10 px-0" }[size ?? "md"];
  const button = (
    <Button aria-label={label} variant={variant} size={size} className={cn(square, className)} {...rest}>
      {icon}
    </Button>
  );
  return rest.disabledReason === undefined ? <Tooltip content={label}>{button}</Tooltip> : button;
}
