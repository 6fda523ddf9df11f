"use client";
// Everybody with an account here, for who set this Homeport up: found by name or address, disabled and enabled.
import type { Me } from "@homeport/api";
import { Card } from "@homeport/ui/card";
import { Input } from "@homeport/ui/input";
import { PageHeader } from "@homeport/ui/page-header";
import { useDeferredValue, useState } from "react";
import { ListStates } from "@/components/list-states";
import { ShowOlder } from "@/components/show-older";
import { StaleNote } from "@/components/stale-note";
import { trpc } from "@/lib/trpc";
import { PersonRow } from "./person-row";

const PAGE = 50;

export function PeoplePage({ me }: { me: Me }) {
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const pages = trpc.people.list.useInfiniteQuery(
    { limit: PAGE, search },
    { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, placeholderData: (before) => before },
  );
  const items = pages.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHeader
        title="People"
        description="Everybody with an account. You see them as yours is the first account of this Homeport: you set it up."
        actions={
          <Input
            type="search"
            aria-label="Search people"
            placeholder="Name or address"
            maxLength={100}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
            className="w-60 max-w-full"
          />
        }
      />
      <StaleNote error={pages.error} updatedAt={pages.dataUpdatedAt} />
      <Card flush>
        <ListStates of={pages} what="The people" loading="Loading the people" rows={4} />
        <p role="status" className="sr-only">
          {items === undefined ? "" : `${items.length}${pages.hasNextPage ? " or more" : ""} found`}
        </p>
        {items?.length === 0 && <p className="p-4 text-muted">Nobody has this in their name or address.</p>}
        <ul>
          {items?.map((person) => (
            <PersonRow key={person.id} person={person} isMe={person.id === me.id} />
          ))}
        </ul>
        <ShowOlder of={pages} />
      </Card>
    </>
  );
}
