// What happened to a container.
import { ContainerEvents } from "@/features/containers/page/container-events";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ContainerEvents id={id} />;
}
