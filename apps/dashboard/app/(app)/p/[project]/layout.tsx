// The pages of one project, for those who may see it.
import type { ReactNode } from "react";
import { pageProject } from "@/lib/project/page-project";
import { InProject } from "@/lib/project/project-provider";

export default async function ProjectLayout({
  params,
  children,
}: {
  params: Promise<{ project: string }>;
  children: ReactNode;
}) {
  return <InProject project={await pageProject(params)}>{children}</InProject>;
}
