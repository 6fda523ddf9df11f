"use client";
// A page before sign-in that says one thing, with the way on.
import Link from "next/link";
import { useEffect, useRef, type ReactNode } from "react";

/** `follows`: it takes the place of a form that was sent; who hears the page is led to its heading. */
export function PlainPage({
  title,
  to = { href: "/", label: "Go to Homeport" },
  follows = false,
  children,
}: {
  title: string;
  to?: { href: string; label: string };
  follows?: boolean;
  children?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (follows) heading.current?.focus();
  }, [follows]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="mb-4 text-page font-semibold break-words outline-none">
        {title}
      </h1>
      <div className="break-words">{children}</div>
      <p className="mt-6 text-muted">
        <Link className="text-accent underline underline-offset-2" href={to.href}>
          {to.label}
        </Link>
      </p>
    </>
  );
}
