import type { ContainerKind } from './types/queries.ts';

/** What people call a container in a message. */
export const containerNames: Readonly<Record<ContainerKind, string>> = {
  map: 'Map',
  set: 'Set',
  'weak-map': 'WeakMap',
  'weak-set': 'WeakSet',
  array: 'array',
  'typed-array': 'array',
  dictionary: 'object',
};
