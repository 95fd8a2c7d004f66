import { escapesOf } from '../../analysis/concurrency/guard-escapes.ts';
import type { Escape } from '../../analysis/concurrency/guard-escapes.ts';
import { pointerEscapesOf } from '../../analysis/concurrency/pointer-escapes.ts';
import type { PointerEscape } from '../../analysis/concurrency/pointer-escapes.ts';
import { addImport } from '../../go/packages/imports.ts';
import { Shape } from '../../model/objects.ts';
import { Op } from '../../model/operations.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { FunctionPlaces, related } from '../lock-places.ts';
import type { Fix } from '../rule.ts';

/** The first Go release with the packages maps and slices. */
const clonesVersion = 21;

// A map or slice that is changed in place under a lock, and leaves its section:
//
//   c.mu.Lock()
//   defer c.mu.Unlock()
//   return c.entries   ← the caller ranges it without the lock
export const detectGo: GoDetector = {
  program(context) {
    const places = new FunctionPlaces(context);
    for (const escape of escapesOf(context.program)) if (escape.kind !== 'mutated') report(context, escape, places);
    for (const escape of pointerEscapesOf(context.program)) reportPointer(context, escape, places);
  },
};

//   c.mu.Lock(); list := c.lists[k]; c.mu.Unlock()
//   for _, each := range list.items { … }   ← others change list.items under c.mu
function reportPointer(context: GoProgramContext, { kind, guard, taken, operation, field, change }: PointerEscape, places: FunctionPlaces): void {
  const lock = guard.name;
  const { path } = taken.function;
  const member = places.memberText(taken.access) ?? taken.access.name;
  context.report(path, {
    message: { id: `pointer-${kind}`, arguments: { member, lock, field: field.name } },
    span: taken.access.body.spanOf(operation),
    related: [related(path, places.mentionOf(taken.access), { id: 'taken', arguments: { lock } }), related(change.function.path, places.mentionOf(change.access), { id: 'field-changed', arguments: { field: field.name, lock } })],
  });
}

function report(context: GoProgramContext, escape: Escape, places: FunctionPlaces): void {
  const { read, change, guard, operation, kind } = escape;
  const { body } = read.access;
  const { path } = read.function;
  const lock = guard.name;
  const isPut = read.access.mode === 'assign';
  const isReturn = kind === 'returned' || kind === 'iterator';
  const mention = places.mentionOf(read.access);
  const isHere = isReturn && mention.start >= body.start(operation) && mention.end <= body.end(operation);
  context.report(path, {
    message: { id: isPut ? 'put-looked-at' : kind, arguments: { member: places.memberText(read.access) ?? read.access.name, lock } },
    span: isHere ? mention : body.spanOf(operation),
    related: [
      ...(isHere ? [] : [related(path, mention, { id: isPut ? 'put' : 'read', arguments: { lock } })]),
      related(change.function.path, places.mentionOf(change.access), { id: 'changed', arguments: { lock } }),
    ],
    fixes: fixes(context, escape, isHere, mention),
  });
}

/** `return maps.Clone(c.m)`, `return slices.Clone(c.list)` where the field itself is returned. */
function fixes(context: GoProgramContext, { kind, read, operation }: Escape, isHere: boolean, mention: { readonly start: number; readonly end: number }): readonly Fix[] {
  const file = context.file(read.function.path);
  const { body, operation: at } = read.access;
  if (!file || !isHere || kind !== 'returned' || body.kind(operation) !== Op.Return || file.libraryFloor === undefined || file.libraryFloor.version < clonesVersion) return [];
  const package_ = body.shape(at) === Shape.Map ? 'maps' : 'slices';
  const added = addImport(file.syntax, file.text, package_, (name) => context.info.lookup(name, file.syntax, mention.start) !== undefined);
  if (!added) return [];
  const edits = [
    { start: mention.start, end: mention.start, newText: `${added.name}.Clone(` },
    { start: mention.end, end: mention.end, newText: ')' },
  ];
  return [{ title: { id: 'fix-clone' }, safe: false, caution: { id: 'caution-fix' }, imports: [package_], edits }];
}
