/**
 * A union of the model: an object with exactly one of the members set, so that a check of one
 * narrows the rest. A response may also have `$unknown`, the name and the value of a member that
 * the service added after the package was generated; an input may not.
 */
export type Union<Members extends object> = UnionOf<Members & UnknownMember>;

interface UnknownMember {
  $unknown: readonly [name: string, value: unknown];
}

type UnionOf<Members extends object> = {
  [Name in keyof Members]: { [Set in Name]: Members[Set] } & {
    [Unset in Exclude<keyof Members, Name>]?: undefined;
  };
}[keyof Members];
