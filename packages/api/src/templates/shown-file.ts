// A template's file as a person reads it: its text, or what is known of it when it is none.
import { createHash } from "node:crypto";
import { encodingOf, type TemplateFile } from "@homeport/domain/template/template";

export function shownText(file: Pick<TemplateFile, "content" | "encoding">): string {
  const encoding = encodingOf(file);
  if (encoding === "utf8") return file.content;
  const bytes = Buffer.from(file.content, encoding);
  return `Binary, ${bytes.length} bytes, SHA-256 ${createHash("sha256").update(bytes).digest("hex")}\n`;
}
