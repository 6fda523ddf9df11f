// What answers on a container: links where a browser can go, words where it cannot.
import type { ServiceView } from "@homeport/api";
import { ExternalLink } from "lucide-react";

export function ServiceLinks({ services }: { services: readonly ServiceView[] }) {
  if (services.length === 0) return null;
  return (
    <ul aria-label="Services" className="flex min-w-0 flex-wrap gap-x-3 gap-y-1 text-table">
      {services.map((service) => (
        <li key={service.name}>
          <ServiceLink service={service} />
        </li>
      ))}
    </ul>
  );
}

export function ServiceLink({ service: { name, port, url } }: { service: ServiceView }) {
  const text = (
    <>
      {name}
      {port !== null && <span className="font-mono text-meta text-muted"> :{port}</span>}
    </>
  );
  if (url === null) return <span>{text}</span>;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
    >
      {text}
      <ExternalLink aria-hidden className="size-3" />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  );
}
