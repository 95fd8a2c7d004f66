import { useRef, useState } from 'react';

declare function save(name: string): Promise<void>;
declare function pairOf(map: Map<string, number>): [Map<string, number>, (value: Map<string, number>) => void];

export function useSelection() {
  const [selected, setSelected] = useState(new Set<string>());
  const [names, setNames] = useState<string[]>([]);

  // ok: a copy
  const select = (name: string): void => {
    const next = new Set(selected);
    next.add(name);
    setSelected(next);
  };

  // ok: computed from what is there when the update is applied
  const add = async (name: string): Promise<void> => {
    await save(name);
    setNames((before) => [...before, name]);
  };

  // ok: computed before anything else can run
  const rename = async (name: string): Promise<void> => {
    setNames([...names, name]);
    await save(name);
  };

  // ok: nothing of before
  const reset = async (name: string): Promise<void> => {
    await save(name);
    setNames([]);
  };

  // ok: only looked at
  const has = (name: string): boolean => selected.has(name) && names.slice().sort()[0] === name;

  return { select, add, rename, reset, has };
}

// ok: a state that is never set serves as an object of the component
export function useCache() {
  const [cache] = useState(() => new Map<string, number>());
  cache.set('a', 1);
  return cache;
}

// ok: what is in a reference may change
export function useNames() {
  const names = useRef<string[]>([]);
  names.current.push('a');
  return names;
}

// ok: not React's
export function other() {
  const [map, setMap] = pairOf(new Map());
  map.set('a', 1);
  setMap(map);
}

// ok: state that is no container
export function useCount() {
  const [count, setCount] = useState(0);
  return async (): Promise<void> => {
    await save('a');
    setCount(count);
  };
}
