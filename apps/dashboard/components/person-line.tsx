// Somebody in a list of members: name, address, and whether it is oneself.
import { Badge } from "@homeport/ui/badge";

export function PersonLine({ name, email, isMe }: { name: string; email: string; isMe: boolean }) {
  return (
    <div className="min-w-0 flex-1 basis-56">
      <p className="flex items-center gap-2">
        <span className="min-w-0 break-words">{name}</span>
        {isMe && <Badge tone="accent">you</Badge>}
      </p>
      <p className="text-meta break-all text-muted">{email}</p>
    </div>
  );
}
