"use client";
// What a person (or a password manager) put into a field before the page's scripts were there: it is handed to them, not overwritten.
import { useCallback, useEffect, useRef, type Ref } from "react";
import { useAlive } from "./alive";

type TextControl = HTMLInputElement | HTMLTextAreaElement;

/** The ref for the control; hands it on to `ref`, whose owner may set a value of its own. */
export function useKeepTyped<Control extends TextControl>(
  ref: Ref<Control> | undefined,
): (control: Control | null) => void {
  const wasAlive = useRef(useAlive()).current;
  const found = useRef<{ control: Control; value: string }>(null);
  useEffect(() => {
    if (found.current !== null) handOver(found.current.control, found.current.value);
  }, []);
  return useCallback(
    (control: Control | null) => {
      if (control !== null && !wasAlive && found.current === null && control.value !== control.defaultValue)
        found.current = { control, value: control.value };
      if (typeof ref === "function") ref(control);
      else if (ref) ref.current = control;
    },
    [ref, wasAlive],
  );
}

/** As if it were typed now. React ignores an event whose value it already knows, so it first learns another one. */
function handOver(control: TextControl, value: string): void {
  control.value = control.defaultValue;
  const prototype = control instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(control, value);
  control.dispatchEvent(new Event("input", { bubbles: true }));
}
