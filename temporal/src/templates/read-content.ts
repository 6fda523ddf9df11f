// The bytes of a template's files and scripts as its definition holds them: texts as text, everything else as base64, byte for byte.
import { open } from "node:fs/promises";
import path from "node:path";
import { cleanScript } from "@homeport/domain/run/script-text";
import { MOST_CONTENT_BYTES } from "@homeport/domain/template/template";
import { TemplateProblem } from "./template-problem";

/** `from`: the template.yaml that names it, for the message. */
export interface Source {
  file: string;
  from: string;
}

export async function readContent(source: Source): Promise<{ content: string; encoding?: "base64" }> {
  const bytes = await readBytes(source);
  const content = asText(bytes);
  // PostgreSQL's JSON holds no zero character (manual, "JSON Types").
  return content === undefined || content.includes("\0")
    ? { content: bytes.toString("base64"), encoding: "base64" }
    : { content };
}

/** `mended`: what was not as it is in the file. */
export async function readScript(source: Source): Promise<{ content: string; mended: string[] }> {
  const bytes = await readBytes(source);
  const content = asText(bytes);
  if (content === undefined)
    throw new TemplateProblem(
      `${source.file}:${lineNotText(bytes)}: not UTF-8. Save the script as UTF-8, or put it among the files.`,
    );
  const script = cleanScript(content);
  if ("why" in script) throw new TemplateProblem(`${source.file}:${script.line}: ${script.why}`);
  return { content: script.text, mended: script.mended.map((what) => `${source.file}: ${what}`) };
}

export async function readText(source: Source): Promise<string> {
  const bytes = await readBytes(source);
  const content = asText(bytes);
  if (content === undefined)
    throw new TemplateProblem(`${source.file}:${lineNotText(bytes)}: not UTF-8. Save it as UTF-8.`);
  return content;
}

/** At most one byte more than is allowed is read, however large it is. */
async function readBytes({ file, from }: Source): Promise<Buffer> {
  const bytes = await readStart(file).catch((cause: unknown) => {
    throw new TemplateProblem(`${from}: ${path.basename(file)} cannot be read${why(cause)}`, { cause });
  });
  if (bytes.length > MOST_CONTENT_BYTES)
    throw new TemplateProblem(
      `${from}: ${path.basename(file)} is larger than ${MOST_CONTENT_BYTES / 1024} KiB: let a script download it.`,
    );
  return bytes;
}

async function readStart(file: string): Promise<Buffer> {
  const handle = await open(file, "r");
  try {
    const stats = await handle.stat();
    if (!stats.isFile())
      throw Object.assign(new Error("not a file"), { code: stats.isDirectory() ? "EISDIR" : "ENOTFILE" });
    const bytes = Buffer.alloc(Math.min(stats.size, MOST_CONTENT_BYTES + 1));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}

function why(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT") return ": it is not there";
  if (code === "EACCES") return ": Homeport may not read it";
  return code === "EISDIR" ? ": it is a directory" : "";
}

function asText(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The first line that is not UTF-8: no byte of a character is a line feed, so each line can be decoded by itself. */
function lineNotText(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const found = bytes.indexOf(0x0a, from);
    const end = found < 0 ? bytes.length : found;
    if (asText(bytes.subarray(from, end)) === undefined) return line;
    from = end + 1;
  }
  return line;
}
