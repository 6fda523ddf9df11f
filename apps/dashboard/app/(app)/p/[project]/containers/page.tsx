// Containers are the project's home page; this address is what people guess.
import { redirect } from "next/navigation";
import { projectHref } from "@/lib/project/address";
import { pageProject } from "@/lib/project/page-project";

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  redirect(projectHref((await pageProject(params)).slug, "/"));
}
