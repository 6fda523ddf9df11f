"use client";
// A link to a page of the dashboard: its address is written without the project, which is put in here.
import NextLink from "next/link";
import type { ComponentProps } from "react";
import { useHref } from "@/lib/project/project-provider";

export function Link({ href, ...props }: Omit<ComponentProps<typeof NextLink>, "href"> & { href: string }) {
  return <NextLink href={useHref()(href)} {...props} />;
}
