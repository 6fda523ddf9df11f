"use client";
// Where a form's first fault is, the focus goes: in a long dialog it may be out of sight.
import { useEffect, useRef, type RefObject } from "react";

/** `problems`: a new object each time that the form was judged. Put the answer on the form; what is no input bears `data-fault`. */
export function useFocusFault(problems: object): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-fault]')?.focus();
  }, [problems]);
  return form;
}
