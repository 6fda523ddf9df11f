// What a container was made as.
import { ContainerSettings } from "@/features/containers/page/container-settings";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ContainerSettings id={id} />;
}
