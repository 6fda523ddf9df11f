"use client";
// Where one is signed in; any of them can be ended from here.
import type { SessionView } from "@homeport/api";
import { Badge } from "@homeport/ui/badge";
import { Button } from "@homeport/ui/button";
import { Card } from "@homeport/ui/card";
import { Mono } from "@homeport/ui/mono";
import { RelativeTime } from "@homeport/ui/relative-time";
import { toast } from "@homeport/ui/toast";
import { ListStates } from "@/components/list-states";
import { forgetWizard } from "@/lib/wizard-store";
import { outcomeTitle } from "@/lib/requests/answer";
import { useSession } from "@/lib/session-provider";
import { trpc } from "@/lib/trpc";
import { browserName } from "./browser-name";
import { arrive } from "./arrive";

export function SessionsCard() {
  const utils = trpc.useUtils();
  const sessions = trpc.sessions.list.useQuery();
  const endOthers = trpc.sessions.endOthers.useMutation({
    onSuccess: ({ ended }) => {
      toast.success(ended === 1 ? "One other session is ended." : `${ended} other sessions are ended.`);
      void utils.sessions.list.invalidate();
    },
    onError: (error) => {
      toast.error(outcomeTitle(error, "The other sessions are still there."), { description: error.message });
    },
  });
  const others = sessions.data?.filter(({ current }) => !current).length ?? 0;
  return (
    <Card
      flush
      title="Sessions"
      hint="Where you are signed in."
      actions={
        <Button
          size="sm"
          pending={endOthers.isPending}
          disabledReason={sessions.data && others === 0 ? "There is no other session." : undefined}
          onClick={() => {
            endOthers.mutate();
          }}
        >
          End all others
        </Button>
      }
    >
      <ListStates of={sessions} what="The sessions" loading="Loading the sessions" />
      <ul>
        {sessions.data?.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Card>
  );
}

function SessionRow({ session: { id, current, ip, userAgent, lastSeenAt, createdAt } }: { session: SessionView }) {
  const utils = trpc.useUtils();
  const session = useSession();
  const end = trpc.sessions.end.useMutation({
    onMutate: () => {
      session.leaving(current);
    },
    onSuccess: () => {
      if (current) {
        session.leave();
        forgetWizard(window.sessionStorage);
        arrive("/sign-in");
      } else void utils.sessions.list.invalidate();
    },
    onError: (error) => {
      session.leaving(false);
      toast.error(outcomeTitle(error, "This session is still there."), { description: error.message });
    },
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5 last:border-0">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex items-center gap-2" title={userAgent}>
          {browserName(userAgent)}
          {current && <Badge tone="accent">this browser</Badge>}
        </p>
        <p className="text-meta text-muted">
          <Mono>{ip}</Mono> · seen <RelativeTime at={lastSeenAt} /> · signed in <RelativeTime at={createdAt} />
        </p>
      </div>
      <Button
        size="sm"
        pending={end.isPending}
        onClick={() => {
          end.mutate({ id });
        }}
        {...(current ? {} : { "aria-label": `End ${browserName(userAgent)} at ${ip}` })}
      >
        {current ? "Sign out here" : "End"}
      </Button>
    </li>
  );
}
