/**
 * Names for the values of an enum, made as Smithy's own conversion makes them: a value is its name,
 * with `_` for what separates words. One that gives no identifier, or the name of another value,
 * keeps its own form.
 * @see https://smithy.io/2.0/guides/migrating-idl-1-to-2.html
 */
export function nameEnumValues(values: readonly string[]): readonly string[] {
  const names = values.map((value) => value.replaceAll(/[-.:/\s]+/g, "_"));
  return values.map((value, index) => {
    const name = names[index] ?? value;
    const isTaken = names.indexOf(name) !== names.lastIndexOf(name);
    return isTaken || !/^[A-Za-z_]\w*$/.test(name) ? value : name;
  });
}
