"use client";
// A text as a QR code, dark on light in every theme, as readers expect it.
import { useMemo } from "react";
import { encode } from "uqr";

export function QrCode({ text }: { text: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: cells } = encode(text, { border: 4 });
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: cells, path: dark.join("") };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label="QR code for the authenticator app; the secret below says the same"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-48 rounded-sm"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
