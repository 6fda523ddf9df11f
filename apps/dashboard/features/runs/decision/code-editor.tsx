"use client";
// A shell script to edit, in CodeMirror: highlighted, with what changed against another text shown in it. Loaded only when it is opened.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import { unifiedMergeView } from "@codemirror/merge";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";

export interface CodeEditorProps {
  label: string;
  /** What it begins with; what is typed is told by `onChange`, and a new value here does not replace it. */
  text: string;
  onChange: (text: string) => void;
  /** Shown as changed against this; undefined: nothing is marked. */
  against: string | undefined;
  describedBy?: string | undefined;
  invalid?: boolean;
}

export function CodeEditor({ label, text, onChange, against, describedBy, invalid = false }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const diff = useRef(new Compartment());
  const attributes = useRef(new Compartment());
  const latest = useRef(onChange);
  const first = useRef({ text, against });
  useEffect(() => {
    latest.current = onChange;
  }, [onChange]);

  useEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current.text,
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          drawSelection(),
          history(),
          // Tab moves on, as everywhere on the page: an editor that keeps it would hold those without a mouse.
          keymap.of([...defaultKeymap, ...historyKeymap]),
          StreamLanguage.define(shell),
          syntaxHighlighting(colors),
          editorTheme,
          diff.current.of(diffExtension(first.current.against)),
          attributes.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: diff.current.reconfigure(diffExtension(against)) });
  }, [against]);
  useEffect(() => {
    const all = {
      "aria-label": label,
      spellcheck: "false",
      autocapitalize: "off",
      ...(describedBy === undefined ? {} : { "aria-describedby": describedBy }),
      ...(invalid ? { "aria-invalid": "true" } : {}),
    };
    view.current?.dispatch({ effects: attributes.current.reconfigure(EditorView.contentAttributes.of(all)) });
  }, [label, describedBy, invalid]);

  return <div ref={place} className="h-full min-h-0 overflow-hidden" />;
}

function diffExtension(against: string | undefined): Extension {
  return against === undefined
    ? []
    : unifiedMergeView({
        original: against,
        mergeControls: false,
        gutter: true,
        highlightChanges: true,
        syntaxHighlightDeletions: false,
      });
}

/** The colours of the log and of the template's page, from the same tokens. */
const colors = HighlightStyle.define([
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.string, tags.quote], color: "var(--ansi-green)" },
  { tag: [tags.variableName, tags.definition(tags.variableName), tags.attributeName], color: "var(--ansi-blue)" },
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--ansi-magenta)" },
  { tag: [tags.standard(tags.variableName), tags.atom, tags.number], color: "var(--ansi-cyan)" },
]);

const editorTheme = EditorView.theme({
  "&": { height: "100%", fontSize: "12px", backgroundColor: "var(--sunken)", color: "var(--text)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono)",
    lineHeight: "20px",
    overflow: "auto",
    fontFeatureSettings: '"calt" 0',
  },
  ".cm-content": { padding: "8px 0", caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--muted)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--hover) 55%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--accent-soft)",
  },
  ".cm-changedLine": { backgroundColor: "var(--good-soft) !important" },
  ".cm-changedText, .cm-insertedLine": {
    background: "color-mix(in srgb, var(--good) 22%, transparent) !important",
    textDecoration: "none",
  },
  ".cm-deletedChunk": { backgroundColor: "var(--bad-soft) !important", paddingLeft: "6px" },
  ".cm-deletedChunk .cm-deletedText, .cm-deletedLine del": {
    background: "color-mix(in srgb, var(--bad) 22%, transparent) !important",
    textDecoration: "none",
  },
  ".cm-changeGutter": { width: "3px", paddingLeft: "1px" },
  ".cm-changedLineGutter": { background: "var(--good)" },
  ".cm-deletedLineGutter": { background: "var(--bad)" },
});
