// The words after a Proxmox command: what stands at its place, and options with their values (PVE::JSONSchema `get_options`).

/** Printed, and the command ends with 255. */
export class Usage extends Error {}

export interface Words {
  /** The word at this place; throws a Usage that names it when there is none. */
  at(this: void, index: number, name: string): string;
  option(this: void, name: string): string | undefined;
}

export function parseWords(words: readonly string[]): Words {
  const places: string[] = [];
  const options = new Map<string, string>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const [, name, value] = /^--?([a-z][a-z-]*)(?:=(.*))?$/.exec(word) ?? [];
    if (name === undefined) places.push(word);
    else if (value !== undefined) options.set(name, value);
    else options.set(name, words[(index += 1)] ?? "");
  }
  return {
    at(index, name) {
      const word = places[index];
      if (word === undefined) throw new Usage(`400 not enough arguments\n<${name}>`);
      return word;
    },
    option: (name) => options.get(name),
  };
}
