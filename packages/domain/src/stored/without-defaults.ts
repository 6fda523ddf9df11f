// The fields of a schema without their defaults, for what may leave any of them out.
import type { z } from "zod";

type WithoutDefaults<Shape> = {
  [Key in keyof Shape]: Shape[Key] extends z.ZodDefault<infer Inner> ? Inner : Shape[Key];
};

export function withoutDefaults<Shape extends z.ZodRawShape>(shape: Shape): WithoutDefaults<Shape> {
  const bare = Object.entries(shape).map(([key, field]) => [
    key,
    field._zod.def.type === "default" ? (field as z.ZodDefault).unwrap() : field, // as its type says
  ]);
  return Object.fromEntries(bare) as WithoutDefaults<Shape>;
}
