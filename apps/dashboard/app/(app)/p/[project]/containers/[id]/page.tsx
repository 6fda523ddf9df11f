// A container at a glance.
import { ContainerOverview } from "@/features/containers/page/container-overview";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ContainerOverview id={id} />;
}
