// Rows to scan: 36 px each, hairlines between, the head in small grey words. Scrolls sideways inside itself.
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** `label`: of a table in which nothing else takes the focus, so that who has no mouse can scroll it sideways. */
export function Table({ className, label, ...rest }: ComponentProps<"table"> & { label?: string }) {
  return (
    <div
      className="relative w-full overflow-x-auto"
      {...(label === undefined ? {} : { tabIndex: 0, role: "region", "aria-label": label })}
    >
      <table className={cn("w-full border-collapse text-table", className)} {...rest} />
    </div>
  );
}

export function TableHead(props: ComponentProps<"thead">) {
  return <thead {...props} />;
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody className={cn("[&>tr:last-child]:border-0", className)} {...rest} />;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={cn("h-9 border-b transition-colors [tbody>&]:hover:bg-hover/60", className)} {...rest} />;
}

export function TableHeader({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "h-8 px-3 text-left text-meta font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4",
        className,
      )}
      {...rest}
    />
  );
}

export function TableCell({ className, ...rest }: ComponentProps<"td">) {
  return <td className={cn("px-3 py-1.5 align-middle first:pl-4 last:pr-4", className)} {...rest} />;
}
