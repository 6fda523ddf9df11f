// The browser's only way to Homeport's server: where no answer of Homeport comes, the error says so in words, and what is known then.

/** What fetch takes, as tRPC types it. */
type Sent = { [Key in keyof RequestInit]?: RequestInit[Key] | undefined };

/** Rejects with a sentence for the screen when nobody answers, or somebody else does (a proxy's error page). An abort stays an abort. */
export async function plainFetch(input: RequestInfo | URL | string, init?: Sent): Promise<Response> {
  const changes = (init?.method ?? "GET").toUpperCase() !== "GET";
  let answer: Response;
  try {
    answer = await fetch(input, init as RequestInit); // tRPC types what it may leave out as undefined
  } catch (cause) {
    if (init?.signal?.aborted === true) throw cause;
    throw new Error(
      changes ? LOST : "Homeport does not answer: it is away, or the connection is lost. Nothing was changed.",
      { cause },
    );
  }
  if (isOurs(answer)) return answer;
  throw new ForeignAnswer(answer.status, `${foreign(answer.status)} ${changes ? UNKNOWN : "Nothing was changed."}`);
}

/** Somebody else than Homeport answered: a proxy in front of it. */
class ForeignAnswer extends Error {
  override readonly name = "ForeignAnswer";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Whether the request was refused before it came to Homeport: by a proxy, for its size or its sender. */
export function stoppedBefore(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === "ForeignAnswer" &&
    "status" in error &&
    typeof error.status === "number" &&
    error.status < 500
  );
}

const UNKNOWN = "Nothing is known of what became of this: reload the page and check before you try again.";
const LOST = `Homeport does not answer. ${UNKNOWN}`;

/** The API answers in JSON, a download or its refusal is text; anything else, a page in HTML above all, is somebody else's. */
function isOurs(answer: Response): boolean {
  const type = answer.headers.get("content-type") ?? "";
  return (
    type.startsWith("application/json") ||
    (type.startsWith("text/plain") && new URL(answer.url).pathname.startsWith("/api/runs/"))
  );
}

function foreign(status: number): string {
  if (status === 413) return "The proxy in front of Homeport refuses a request of this size (413).";
  if (status === 502 || status === 503 || status === 504)
    return `Homeport does not answer: the proxy in front of it says so (${status}).`;
  return `Something else than Homeport answered (${status}).`;
}
