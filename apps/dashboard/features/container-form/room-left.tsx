// What is left of each quota that holds here, before and after what is being created. Nothing where nothing is limited.
import { type Amounts, type Bound, QuotaParts } from "@homeport/domain/quota/quota";
import { amountText, boundText, shareText } from "@homeport/domain/text/quota";

interface Props {
  quotas: readonly Bound[] | undefined;
  /** What is being created takes; undefined: not decided yet. */
  wanted: Amounts | undefined;
}

export function RoomLeft({ quotas = [], wanted }: Props) {
  const lines = quotas.flatMap((bound) =>
    QuotaParts.flatMap((part) => {
      const limit = bound.quota[part];
      if (limit === null) return [];
      const left = Math.max(0, limit - bound.used[part]);
      return [{ key: `${bound.of}-${part}`, who: boundText(bound), part, limit, left, take: wanted?.[part] }];
    }),
  );
  if (lines.length === 0) return null;
  return (
    <section aria-label="What is left" className="min-w-0 rounded-md border bg-surface p-3 text-table">
      <h2 className="mb-1 font-medium">What is left</h2>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1 tabular-nums">
        {lines.map(({ key, who, part, limit, left, take }) => (
          <li key={key} className="[overflow-wrap:anywhere]">
            <span className="text-muted">{who}: </span>
            {shareText(part, left, limit)}
            {take !== undefined &&
              (take > left ? (
                <span className="font-medium text-bad">, this takes {amountText(part, take)}</span>
              ) : (
                <span className="text-muted">, {amountText(part, left - take)} after this</span>
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
