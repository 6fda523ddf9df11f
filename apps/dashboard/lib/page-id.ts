// The id in a page's address.
import { notFound } from "next/navigation";
import { z } from "zod";

/** What is no id names nothing: the page says so, as it does of an id that never was. */
export async function pageId(params: Promise<{ id: string }>): Promise<string> {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  return id;
}
