// A text for each code of a union: the compiler names the code that has none. No library in it, as workflows read it too.

/** `Key`: the property that names the code. */
export type Catalogue<Union extends Record<Key, string>, Key extends keyof Union> = {
  [Code in Union[Key]]: (value: Extract<Union, Record<Key, Code>>) => string;
};

export function textFrom<Union extends Record<Key, string>, Key extends keyof Union>(
  catalogue: Catalogue<Union, Key>,
  key: Key,
  value: Union,
): string {
  // The key is the value's own: what its function takes is what is given.
  return (catalogue[value[key]] as (value: Union) => string)(value);
}
