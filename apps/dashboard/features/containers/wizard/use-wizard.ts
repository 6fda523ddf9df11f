"use client";
// The wizard's state: the draft in a form, kept in the tab's storage; the step in the URL; suggestions where nothing was typed.
import { useGo, useProject } from "@/lib/project/project-provider";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useForm, useWatch, type FieldErrors } from "react-hook-form";
import { useSession } from "@/lib/session-provider";
import { trpc } from "@/lib/trpc";
import { useUrlQuery, writeUrl } from "../../../lib/hooks/url-query";
import { decided, draftFromRun } from "./from-run";
import {
  applySuggestions,
  type Draft,
  type DraftField,
  type DraftProblems,
  fromServer,
  problemsOf,
  suggest,
  toInput,
  useHeld,
  useOffer,
  useRoom,
} from "@/features/container-form";
import { forgetWizard } from "@/lib/wizard-store";
import { readWizard, saveWizard, sentAs } from "./saved-wizard";
import { usePlan, whyNotByPlan } from "./plan-review/use-plan";
import { firstStepWith, stepFrom, stepOf, type WizardStep } from "./steps";
import { useTaken } from "./use-taken";

const asErrors = (problems: DraftProblems): FieldErrors<Draft> =>
  Object.fromEntries(Object.entries(problems).map(([field, message]) => [field, { type: "schema", message }]));

/** Only in the browser: it reads the tab's storage at once. */
export function useWizard() {
  const go = useGo();
  const { id: projectId } = useProject();
  const query = useUrlQuery();
  const person = useSession().person.id;
  const [saved] = useState(() => readWizard(window.sessionStorage, person));
  const suggested = useRef(saved.suggested);
  const sent = useRef(saved.sent);
  const againOf = useRef(saved.againOfId);
  const form = useForm<Draft>({
    defaultValues: saved.draft,
    mode: "onChange",
    resolver: (values) => {
      const problems = problemsOf(values);
      return Object.keys(problems).length === 0 ? { values, errors: {} } : { values: {}, errors: asErrors(problems) };
    },
  });
  const draft = useWatch({ control: form.control }) as Draft; // every field has a default, so none is missing
  const { setValue, getValues, setError, setFocus, trigger } = form;
  const offer = useOffer(draft);
  const taken = useTaken(draft, offer.node?.id === draft.nodeId ? offer.held : undefined);
  const room = useRoom(draft, offer);
  const problems = useMemo(
    () => ({ ...room.problems, ...problemsOf(draft), ...taken.problems }),
    [draft, taken.problems, room.problems],
  );
  const step = stepFrom(query.get("step"), draft);

  const plan = usePlan(draft, {
    enabled: step === "review" && Object.keys(problems).length === 0 && draft.nodeId !== "",
  });

  const { known } = offer;
  useEffect(() => {
    const before = getValues();
    const next = suggest(known);
    const after = applySuggestions(before, suggested.current, next);
    suggested.current = { ...suggested.current, ...next };
    for (const field of Object.keys(after) as DraftField[])
      if (after[field] !== before[field]) setValue(field, after[field], { shouldValidate: true });
  }, [known, getValues, setValue]);

  // Once it is asked for there is nothing left to keep.
  const asked = useRef(false);
  const save = useCallback((): void => {
    if (!asked.current)
      saveWizard(window.sessionStorage, person, {
        draft: getValues(),
        suggested: suggested.current,
        sent: sent.current,
        againOfId: againOf.current,
      });
  }, [person, getValues]);
  useEffect(save, [draft, save]);

  const goTo = useCallback((next: WizardStep, how: "push" | "replace" = "push"): void => {
    writeUrl(`${window.location.pathname}?step=${next}`, how);
  }, []);

  const choose = useCallback(
    (name: string): void => {
      if (getValues("templateName") === name) return;
      againOf.current = null; // another template is another container, not that one with changes
      setValue("templateName", name);
      setValue("packagesOff", []);
      setValue("scriptsOff", []);
    },
    [getValues, setValue],
  );

  const preselected = query.get("template");
  useEffect(() => {
    if (preselected === null || !offer.templates?.some(({ name }) => name === preselected)) return;
    choose(preselected);
    goTo("node", "replace");
  }, [preselected, offer.templates, choose, goTo]);

  const from = query.get("from");
  const again = trpc.runs.input.useQuery({ id: from ?? "" }, { enabled: from !== null, retry: false });
  const beside = useHeld(again.data?.input.nodeId, projectId);
  useEffect(() => {
    // A node that the person can no longer use holds nothing that they could be told of: the form says so of the node.
    if (from === null || again.data === undefined || beside.isPending) return;
    const next = draftFromRun(
      again.data,
      (beside.data ?? []).map(({ hostname }) => hostname),
    );
    suggested.current = decided(next);
    againOf.current = from;
    form.reset(next);
    goTo("identity", "replace");
  }, [from, again.data, beside.isPending, beside.data, form, goTo]);

  /** Goes on when this step is in order; else to its first fault. */
  const leave = async (next: WizardStep): Promise<void> => {
    const faulty = (Object.keys(problems) as DraftField[]).filter((field) => stepOf(field) === step);
    const [first] = faulty;
    if (first === undefined) {
      goTo(next);
      return;
    }
    await trigger(faulty);
    setFocus(first);
  };

  const utils = trpc.useUtils();
  const create = trpc.containers.create.useMutation({
    onSuccess: ({ runId }) => {
      asked.current = true;
      forgetWizard(window.sessionStorage);
      void utils.containers.invalidate();
      void utils.quotas.invalidate();
      go(`/runs/${runId}`);
    },
    onError: (error) => {
      // It stands for what exists already: what is sent next is something new.
      if (error.data?.exists) sent.current = null;
      if (error.data?.code === "NOT_FOUND") againOf.current = null; // the run that it began from is gone: a second click does without
      // What the person sees next is what the node says now.
      if (error.data?.changes || error.data?.refusal === "quota.exceeded") void plan.refetch();
      // Somebody may have taken what was left.
      void utils.quotas.invalidate();
      const refused = fromServer(error.data?.fields ?? {});
      for (const [field, message] of Object.entries(refused))
        setError(field as DraftField, { type: "server", message });
      const at = firstStepWith(refused);
      if (at) goTo(at);
    },
  });
  const submit = async (): Promise<void> => {
    const at = firstStepWith(problems);
    if (at === undefined) {
      if (whyNotByPlan(plan) !== undefined) return;
      const input = {
        projectId,
        ...toInput(getValues()),
        ...(againOf.current === null ? {} : { againOfId: againOf.current }),
      };
      sent.current = sentAs(sent.current, input);
      save();
      create.mutate({
        ...input,
        requestKey: sent.current.key,
        ...(plan.data === undefined ? {} : { planHash: plan.data.hash }),
      });
      return;
    }
    await trigger();
    goTo(at);
  };

  /** What was decided is somewhere else now: nothing of it is kept here. */
  const done = useCallback((): void => {
    asked.current = true;
    forgetWizard(window.sessionStorage);
  }, []);

  return { done, form, draft, problems, step, goTo, leave, choose, submit, offer, room, taken, plan, create };
}

export type Wizard = ReturnType<typeof useWizard>;
