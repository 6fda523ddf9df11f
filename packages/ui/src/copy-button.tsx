"use client";
// Copies a text and says so.
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";

export function CopyButton({ value, label = "Copy", className }: { value: string; label?: string; className?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => { setCopied(false); }, 1_500);
  };
  return (
    <Button variant="ghost" size="icon-sm" aria-label={copied ? "Copied" : label} title={label} className={className} onClick={() => { void copy().catch(() => undefined); }}>
      {copied ? <Check className="size-3.5! text-good" /> : <Copy className="size-3.5! text-fg-muted" />}
    </Button>
  );
}
