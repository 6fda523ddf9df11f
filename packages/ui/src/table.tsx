// Rows of 36 px for scanning; scrolls sideways inside itself, never the page.
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Table({ className, ...rest }: ComponentProps<"table">) {
  return (
    <div className="w-full overflow-x-auto rounded-md border border-line bg-raised">
      <table {...rest} className={cn("w-full border-collapse text-[13px]", className)} />
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return <th scope="col" {...rest} className={cn("h-9 border-b border-line px-3 text-left text-xs font-medium whitespace-nowrap text-fg-muted", className)} />;
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={cn("border-b border-line last:border-b-0 hover:bg-hover", className)} />;
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={cn("h-9 px-3 align-middle", className)} />;
}
