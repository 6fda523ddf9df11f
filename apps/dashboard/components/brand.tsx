// The product's mark and name.
export function Brand() {
  return (
    <span className="flex items-center gap-2 text-title font-semibold">
      <svg aria-hidden viewBox="0 0 32 32" className="size-6 shrink-0">
        <rect width="32" height="32" rx="6" className="fill-accent" />
        <path
          d="M8 14.5 16 8l8 6.5V24H8zM12.5 24v-5.5h7V24"
          className="fill-none stroke-on-accent"
          strokeWidth="2.4"
          strokeLinejoin="round"
        />
      </svg>
      Homeport
    </span>
  );
}
