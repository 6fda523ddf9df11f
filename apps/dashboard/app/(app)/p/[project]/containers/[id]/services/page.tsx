// A container's services and their credentials.
import { ContainerServices } from "@/features/containers/page/container-services";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ContainerServices id={id} />;
}
