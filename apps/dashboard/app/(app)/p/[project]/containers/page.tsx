// Containers are the project's home page; this address is what people guess.
import { redirect } from "next/navigation";
import { projectHref, queryText } from "@/lib/project/address";
import { pageProject } from "@/lib/project/page-project";

interface Props {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ params, searchParams }: Props) {
  redirect(projectHref((await pageProject(params)).slug, `/${queryText(await searchParams)}`));
}
