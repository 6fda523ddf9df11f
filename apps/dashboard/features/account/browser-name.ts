// A browser and its system, from what it says of itself: enough to tell one's own from a stranger's.

/** "Chrome on Linux"; the raw text when nothing in it is known. */
export function browserName(userAgent: string): string {
  const browser = [
    ["Edg/", "Edge"],
    ["Firefox/", "Firefox"],
    ["Chrome/", "Chrome"],
    ["Safari/", "Safari"],
    ["curl/", "curl"],
  ].find(([mark = ""]) => userAgent.includes(mark))?.[1];
  const system = [
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Android", "Android"],
    ["Windows", "Windows"],
    ["Mac OS X", "macOS"],
    ["Linux", "Linux"],
  ].find(([mark = ""]) => userAgent.includes(mark))?.[1];
  if (browser === undefined && system === undefined)
    return userAgent === "" ? "Unknown browser" : userAgent.slice(0, 60);
  return [browser ?? "A browser", system].filter(Boolean).join(" on ");
}
