"use client";
// The state of the form: a draft with suggestions where nothing was typed, what it will make, and the click.
import type { HeldLan } from "@homeport/api";
import { useGo, useProject } from "@/lib/project/project-provider";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useForm, useWatch, type FieldErrors } from "react-hook-form";
import { trpc } from "@/lib/trpc";
import {
  applySuggestions,
  type Draft,
  type DraftField,
  emptyDraft,
  suggest,
  type Suggestions,
  useOffer,
  useRoom,
  whyNotCreateOn,
} from "@/features/container-form";
import { createKeys } from "@/lib/requests/keys";
import { useUrlQuery } from "../../lib/hooks/url-query";
import { batchFieldOf, batchProblems, freePattern, preview, toBatchInput, type BatchProblems } from "./batch-draft";

const none: readonly HeldLan[] = [];
const nothing: Readonly<Record<string, string>> = {};

export function useNewBatch() {
  const go = useGo();
  const { id: projectId } = useProject();
  const preselected = useUrlQuery().get("template");
  const [keys] = useState(createKeys);
  const [count, setCount] = useState("");
  const form = useForm<Draft>({
    defaultValues: emptyDraft,
    mode: "onChange",
    resolver: (values) => {
      const problems = batchProblems(values, count);
      return Object.keys(problems).length === 0 ? { values, errors: {} } : { values: {}, errors: asErrors(problems) };
    },
  });
  const draft = useWatch({ control: form.control }) as Draft; // every field has a default, so none is missing
  const { setValue, getValues, setFocus, trigger } = form;
  const offer = useOffer(draft);
  const suggested = useRef<Suggestions>({});
  const { known } = offer;
  const held = (offer.node?.id === draft.nodeId ? offer.held : undefined) ?? none;
  useEffect(() => {
    const before = getValues();
    const next = suggest(known);
    if (known.template) next.hostname = freePattern(known.template.name, known.hostnames);
    const after = applySuggestions(before, suggested.current, next);
    suggested.current = { ...suggested.current, ...next };
    for (const field of Object.keys(after) as DraftField[])
      if (after[field] !== before[field]) setValue(field, after[field], { shouldValidate: true });
  }, [known, getValues, setValue]);

  const choose = useCallback(
    (name: string): void => {
      setValue("templateName", name);
      setValue("packagesOff", []);
      setValue("scriptsOff", []);
    },
    [setValue],
  );

  // Not a default value: when a link leads here, the first drawing still has the address of the page before.
  const applied = useRef<string>(undefined);
  useEffect(() => {
    if (
      preselected === null ||
      applied.current === preselected ||
      !offer.templates?.some(({ name }) => name === preselected)
    )
      return;
    applied.current = preselected;
    choose(preselected);
  }, [preselected, offer.templates, choose]);

  const utils = trpc.useUtils();
  const create = trpc.batches.create.useMutation({
    onSuccess: ({ batchId }) => {
      void utils.containers.invalidate();
      void utils.batches.list.invalidate();
      void utils.quotas.invalidate();
      go(`/batches/${batchId}`);
    },
  });
  // A refusal holds for what was sent: the next change takes it away.
  const current = JSON.stringify([draft, count]);
  const [sent, setSent] = useState("");
  const refused = create.error && sent === current ? (create.error.data?.fields ?? nothing) : nothing;
  const rows = useMemo(() => preview(draft, count, { held, refused }), [draft, count, held, refused]);
  const room = useRoom(draft, offer, rows.length);
  const problems = useMemo(
    (): BatchProblems => ({ ...room.problems, ...byField(refused), ...batchProblems(draft, count) }),
    [draft, count, refused, room.problems],
  );

  const faulty = rows.filter(({ problem }) => problem !== undefined).length;
  const rowsRefusal = faulty > 0 ? `${faulty} of ${rows.length} cannot be made.` : undefined;
  const inputRefusal = draft.templateRevisionId === "" ? "Choose a template." : rowsRefusal;
  const offerRefusal = offer.reading ? "What can be chosen is still being read." : whyNotCreateOn(offer);
  // What is left is shown beside the size; whether it is enough, the server says at the click.
  const whyNot = offerRefusal ?? inputRefusal;

  const submit = async (): Promise<void> => {
    const [first] = Object.keys(batchProblems(draft, count)) as (DraftField | "count")[];
    if (first !== undefined) {
      await trigger();
      if (first !== "count") setFocus(first);
      return;
    }
    setSent(current);
    const input = { projectId, ...toBatchInput(getValues(), count) };
    create.mutate(
      { ...input, requestKey: keys.of(input) },
      {
        onError: (error) => {
          // Somebody may have taken what was left.
          void utils.quotas.invalidate();
          if (error.data?.exists) keys.renew(input);
        },
      },
    );
  };
  return {
    form,
    draft,
    count,
    setCount,
    problems,
    rows,
    offer,
    room,
    choose,
    create,
    refusedNow: create.error && sent === current ? create.error : undefined,
    whyNot,
    submit,
  };
}
export type NewBatchState = ReturnType<typeof useNewBatch>;

const asErrors = (problems: BatchProblems): FieldErrors<Draft> =>
  Object.fromEntries(
    Object.entries(problems)
      .filter(([field]) => field !== "count")
      .map(([field, message]) => [field, { type: "schema", message }]),
  );

function byField(fields: Readonly<Record<string, string>>): BatchProblems {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([path, message]) => {
      const field = path.startsWith("items.") ? undefined : batchFieldOf(path);
      return field ? [[field, message]] : [];
    }),
  );
}
