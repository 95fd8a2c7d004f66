import React, { useRef, useState } from 'react';

declare function save(name: string): Promise<void>;

export function useSelection() {
  const [selected, setSelected] = useState(new Set<string>());
  const [names, setNames] = useState<string[]>([]);
  const [counts, setCounts] = React.useState(() => new Map<string, number>());

  const select = (name: string): void => {
    selected.add(name); // want `selected is React state: changing this Set in place`
    setSelected(selected);
  };

  const sort = (): void => {
    names.sort(); // want `names is React state: changing this array in place`
    names[0] = 'first'; // want `names is React state`
    names.length = 0; // want `names is React state`
    setNames(names);
  };

  const drop = (name: string): void => {
    counts.delete(name); // want `counts is React state: changing this Map in place`
    setCounts(counts);
  };

  const add = async (name: string): Promise<void> => {
    await save(name);
    setNames([...names, name]); // want `setNames gets a value computed from names as it was before the await`
  };

  const count = async (name: string): Promise<void> => {
    await save(name);
    setCounts(new Map(counts).set(name, 1)); // want `setCounts gets a value computed from counts as it was`
  };

  return { select, sort, drop, add, count };
}
