// Lists that live as long as a tree does. One that grew by `push` has room for sixteen more: most lists of a tree have one or two members.

const nothing: readonly never[] = [];

/** The same members in a list without spare room. Nobody may change it. */
export function exact<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? nothing : list.slice();
}
