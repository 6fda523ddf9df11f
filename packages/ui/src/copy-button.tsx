"use client";
// Puts a text on the clipboard and says that it did.
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton, type IconButtonProps } from "./icon-button";

export interface CopyButtonProps extends Omit<IconButtonProps, "icon" | "label" | "onClick" | "value"> {
  value: string;
  label?: string;
}

const SAID_MS = 1_500;

export function CopyButton({ value, label = "Copy", size = "sm", ...rest }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void write(value).then(() => {
      setCopied(true);
      setTimeout(() => {
        setCopied(false);
      }, SAID_MS);
    });
  };
  return (
    <IconButton
      label={copied ? "Copied" : label}
      icon={copied ? <Check className="text-good" /> : <Copy />}
      size={size}
      onClick={copy}
      {...rest}
    />
  );
}

/** The clipboard API is missing on plain http outside loopback, where a lab's dashboard often is. */
async function write(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
