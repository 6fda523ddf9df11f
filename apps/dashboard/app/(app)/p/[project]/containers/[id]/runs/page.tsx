// A container's runs.
import { ContainerRuns } from "@/features/containers/page/container-runs";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ContainerRuns id={id} />;
}
