// The one stream of a browser.
import { allowed, router } from "../trpc";
import { LiveInput, watchLive } from "./watch";

export const liveRouter = router({
  // Each topic asks for its own permission; the stream itself only for a person.
  watch: allowed("account:read")
    .input(LiveInput)
    .subscription(({ ctx, input, signal }) => watchLive(ctx, input, signal)),
});
