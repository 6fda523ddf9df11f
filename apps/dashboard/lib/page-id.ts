// The id in a page's address.
import { notFound } from "next/navigation";
import { uuid } from "@homeport/domain/text/uuid";

/** What is no id names nothing: the page says so, as it does of an id that never was. */
export async function pageId(params: Promise<{ id: string }>): Promise<string> {
  const { id } = await params;
  if (!uuid().safeParse(id).success) notFound();
  return id;
}
