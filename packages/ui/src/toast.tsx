"use client";
// A sentence that comes and goes: what was done, or what could not be. What shows them comes when
// somebody uses the page: most pages never have one.
import type { toast as sonner } from "sonner";
import { useEffect, useState, type ComponentType } from "react";

type Sonner = typeof sonner;
interface ShownProps {
  theme: "light" | "dark";
  /** It listens from now on, and gets what came before. */
  onReady: (sonner: Sonner) => void;
}

const RETRY_MS = 2_000;
let Shown: ComponentType<ShownProps> | undefined;
let ready: Sonner | undefined;
let waiting: ((to: Sonner) => void)[] = [];
let loading: Promise<void> | undefined;
const listeners = new Set<() => void>();

function emit(call: (to: Sonner) => void): void {
  if (ready) {
    call(ready);
    return;
  }
  waiting.push(call);
  loadToaster().catch(() => {
    setTimeout(() => void loadToaster().catch(() => undefined), RETRY_MS);
  });
}

/** Once it is loaded the toaster stands in the page, as a screen reader hears only what comes into a region that is there. */
export function loadToaster(): Promise<void> {
  loading ??= import("./toaster").then(
    (loaded) => {
      Shown = loaded.ShownToaster;
      for (const listener of listeners) listener();
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

const emitter =
  <K extends "success" | "error" | "warning" | "loading" | "dismiss">(how: K) =>
  (...args: Parameters<Sonner[K]>): void => {
    emit((to) => {
      (to[how] as (...all: Parameters<Sonner[K]>) => unknown)(...args);
    });
  };

/** A toast's `id` is the caller's: none is answered, as none is there yet. */
export const toast = Object.assign(
  (...args: Parameters<Sonner>): void => {
    emit((to) => {
      to(...args);
    });
  },
  {
    success: emitter("success"),
    error: emitter("error"),
    warning: emitter("warning"),
    loading: emitter("loading"),
    dismiss: emitter("dismiss"),
  },
);

/** Once, at the root. `theme` follows the page's. */
export function Toaster({ theme }: { theme: "light" | "dark" }) {
  const [Loaded, setLoaded] = useState<ComponentType<ShownProps>>();
  useEffect(() => {
    const show = (): void => {
      setLoaded(() => Shown);
    };
    listeners.add(show);
    show();
    return () => {
      listeners.delete(show);
      ready = undefined;
    };
  }, []);
  return Loaded && <Loaded theme={theme} onReady={emitWaiting} />;
}

function emitWaiting(to: Sonner): void {
  ready = to;
  const calls = waiting;
  waiting = [];
  for (const call of calls) call(to);
}
