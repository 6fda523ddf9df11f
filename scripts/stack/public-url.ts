// HOMEPORT_URL: the address that people type, where that is not the one the dashboard listens on.

/** Its origin; undefined when it is not set. Throws what is wrong with it: a start with half a setting would refuse people later. */
export function publicUrlOf(setting: string | undefined): string | undefined {
  if (setting === undefined || setting.trim() === "") return undefined;
  const example = "such as HOMEPORT_URL=https://homeport.lan";
  if (!URL.canParse(setting))
    throw new Error(
      `HOMEPORT_URL is “${setting}”, which is no address. Set it to the one that people type, ${example}.`,
    );
  const url = new URL(setting);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new Error(`HOMEPORT_URL begins with “${url.protocol}”; it begins with http:// or https://, ${example}.`);
  if (url.username !== "" || url.password !== "")
    throw new Error("HOMEPORT_URL holds a name or a password; leave them out.");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new Error(
      `HOMEPORT_URL has the path “${url.pathname}${url.search}${url.hash}”. Homeport needs a host name (or a port) of its own: it cannot be served below a path. Leave the path out, ${example}.`,
    );
  }
  return url.origin;
}
