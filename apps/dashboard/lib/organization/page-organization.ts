// The organization in a page's address, as the server finds it: what is not there, or not theirs, is an ordinary page that does not exist.
import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { notThere } from "../not-there";
import { decoded } from "../project/address";
import { api } from "../trpc-server";

const find = cache((slug: string) => api.organizations.get({ slug }).catch(notThere));

export async function pageOrganization(params: Promise<{ organization: string }>) {
  const { organization } = await params;
  return (await find(decoded(organization))) ?? notFound();
}
