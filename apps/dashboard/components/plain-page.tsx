// A page before sign-in that says one thing, with the way on.
import Link from "next/link";
import type { ReactNode } from "react";

export function PlainPage({
  title,
  to = { href: "/", label: "Go to Homeport" },
  children,
}: {
  title: string;
  to?: { href: string; label: string };
  children?: ReactNode;
}) {
  return (
    <>
      <h1 className="mb-4 text-page font-semibold break-words">{title}</h1>
      <div className="break-words">{children}</div>
      <p className="mt-6 text-muted">
        <Link className="text-accent underline underline-offset-2" href={to.href}>
          {to.label}
        </Link>
      </p>
    </>
  );
}
