// Locks for the two sides of a race: the one that the other side holds, or a new one for both.

import type { HeldLocks } from '../analysis/concurrency/held-locks.ts';
import type { Location } from '../analysis/concurrency/locations.ts';
import type { AccessEvent } from '../analysis/concurrency/events.ts';
import type { Race } from '../analysis/concurrency/races.ts';
import { containerOf } from '../model/accesses.ts';
import { NONE } from '../model/operations.ts';
import { isPure } from '../go/expressions.ts';
import { rowAdded } from '../go/alignment.ts';
import { fieldRow } from '../go/map-declaration.ts';
import { isSameVariable } from '../go/map-uses.ts';
import { addImport } from '../go/packages/imports.ts';
import { statementAt } from '../go/statements.ts';
import { declarationOf, freeLockField, isNeverCopied, literalsBesidesNameFields, literalsNameFields, lockNames } from '../go/struct-owner.ts';
import { NodeKind } from '../go/syntax/ast.ts';
import type * as ast from '../go/syntax/ast.ts';
import { pathAt, walk } from '../go/syntax/walk.ts';
import type { GoFile } from '../go/packages/package.ts';
import { ObjectKind } from '../go/types/objects.ts';
import type { Variable } from '../go/types/objects.ts';
import { asNamed } from '../go/types/predicates.ts';
import type { Edit, Span } from '../text/span.ts';
import type { GoProgramContext } from './go-context.ts';
import { placeOf } from './go-places.ts';
import type { Place } from './go-places.ts';
import { underLock } from './lock-fixes.ts';
import { indentationAt, statementBefore } from './lock-places.ts';
import type { Fix } from './rule.ts';

/** Where one of the locks held is named to lock it. */
export function lockPlace(race: Race, held: HeldLocks, context: GoProgramContext): (Place & { readonly lock: Location }) | undefined {
  for (const lock of held.keys()) {
    const event = lock && race.execution.syncs.find((each) => each.location?.canonical === lock);
    const place = event && placeOf({ activation: event.activation, operation: event.activation.body.list(event.operation)[0] ?? event.operation }, race.execution, context);
    if (lock && place) return { ...place, lock };
  }
  return undefined;
}

/**
 * The statement of one side under the lock that the other side holds, if the lock has one name at both. The rule has the messages
 * `fix-lock` and `caution-lock`.
 */
export function lockFix(place: Place, lock: Place, isWrite: boolean, context: GoProgramContext): Fix | undefined {
  const { info } = context;
  const file = context.file(place.path);
  const other = context.file(lock.path);
  if (!file || !other) return undefined;
  const text = other.text.slice(lock.span.start, lock.span.end);
  const [root = ''] = text.split('.');
  const object = info.lookup(root, other.syntax, lock.span.start);
  const node = pathAt(other.syntax, lock.span.start).find((each) => each.pos === lock.span.start && each.end === lock.span.end);
  if (!object || info.lookup(root, file.syntax, place.span.start) !== object || !node || !isPath(node)) return undefined;
  const edits = underLock(file, place.span.start, { text, canRead: false }, !isWrite, info);
  return edits && { title: { id: 'fix-lock', arguments: { lock: text } }, safe: false, caution: { id: 'caution-lock', arguments: { lock: text } }, edits };
}

/** True for `mu`, `c.mu`: names only. */
function isPath(node: ast.Node): boolean {
  let at = node;
  while (at.kind === NodeKind.SelectorExpr) at = at.x;
  return at.kind === NodeKind.Ident;
}

// m := map[string]int{}; go func() { m[k]++ }(); m[k] = 0   →   var mu sync.Mutex; m := …; go func() { mu.Lock(); m[k]++; mu.Unlock() }() …
/**
 * A mutex beside the map that both sides of a race use without any lock, and both statements under it. Undefined unless the map is a local
 * variable or a field that the file at `path` declares, and both sides stand there. The rule has the messages `fix-mutex` and `caution-mutex`.
 */
export function mutexFix(race: Race, path: string, context: GoProgramContext): Fix | undefined {
  const file = context.file(path);
  const sides = [race.first, race.second].map((side) => (file ? sideOf(side, file, race, context) : undefined));
  const [first, second] = sides;
  if (!file || !first || !second || !isSameVariable(first.variable, second.variable)) return undefined;
  const mutex = first.owner === undefined ? localMutex(file, first, second, context) : fieldMutex(file, first.variable, context);
  if (!mutex) return undefined;
  const edits: Edit[] = [...mutex.edits];
  const statements: ast.Stmt[] = [];
  for (const { owner, statement } of [first, second]) {
    if (statements.includes(statement)) continue;
    // One within the other would be locked twice.
    if (statements.some((each) => each.pos < statement.end && statement.pos < each.end)) return undefined;
    statements.push(statement);
    const under = underLock(file, statement.pos, { text: owner === undefined ? mutex.name : `${owner}.${mutex.name}`, canRead: false }, false, context.info);
    if (!under) return undefined;
    edits.push(...under);
  }
  return { title: { id: 'fix-mutex', arguments: { lock: mutex.name } }, safe: false, caution: { id: 'caution-mutex', arguments: { lock: mutex.name } }, edits, imports: ['sync'] };
}

/** One use of a map that is named by a variable, or by a field of an object with a name. */
interface Side {
  readonly variable: Variable;
  /** `c` of `c.entries`; undefined for a local variable. */
  readonly owner: string | undefined;
  readonly statement: ast.Stmt;
  /** Where the map is named. */
  readonly at: Span;
}

function sideOf(side: AccessEvent, file: GoFile, race: Race, { info }: GoProgramContext): Side | undefined {
  const { activation: { body }, operation } = side;
  const container = containerOf(body, operation);
  if (race.execution.pathOf(side.activation) !== file.path || container === NONE) return undefined;
  const at = body.spanOf(container);
  const node = pathAt(file.syntax, at.start).find((each) => each.pos === at.start && each.end === at.end && (each.kind === NodeKind.Ident || each.kind === NodeKind.SelectorExpr));
  const statement = statementAt(file.syntax, at.start)?.statement;
  if (!statement || (node?.kind !== NodeKind.Ident && node?.kind !== NodeKind.SelectorExpr)) return undefined;
  const object = info.useOf(node.kind === NodeKind.Ident ? node : node.sel);
  if (object?.kind !== ObjectKind.Variable || object.isPackageLevel || object.isField !== (node.kind === NodeKind.SelectorExpr)) return undefined;
  if (node.kind === NodeKind.Ident) return { variable: object, owner: undefined, statement, at };
  // An embedded field on the way, and the lock would be another's.
  return isPure(node.x, info) && info.selectionOf(node)?.index.length === 1 ? { variable: object, owner: file.text.slice(node.x.pos, node.x.end), statement, at } : undefined;
}

/** A mutex that a fix declares. */
export interface NewMutex {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** `var mu sync.Mutex` before the statement that declares the map, where everybody who sees the map sees it too. */
function localMutex(file: GoFile, first: Side, second: Side, { info }: GoProgramContext): NewMutex | undefined {
  const declared = first.variable.ident;
  const at = declared && statementAt(file.syntax, declared.pos);
  const sync = addImport(file.syntax, file.text, 'sync')?.name;
  const around = at?.around.find((each) => each.kind === NodeKind.FuncDecl);
  if (!at || !around || sync === undefined || !declaresIt(at.statement, declared)) return undefined;
  const used = new Set<string>();
  walk(around, (node) => {
    if (node.kind === NodeKind.Ident) used.add(node.name);
  });
  const name = lockNames.find((each) => !used.has(each) && [at.statement.pos, first.at.start, second.at.start].every((offset) => info.lookup(each, file.syntax, offset) === undefined));
  const edit = name === undefined ? undefined : statementBefore(file.text, at.statement.pos, `var ${name} ${sync}.Mutex`);
  return name !== undefined && edit ? { name, edits: [edit] } : undefined;
}

/** True for `m := …` and `var m …`, not for parameters and variables of an `if` or `for`. */
function declaresIt(statement: ast.Stmt, name: ast.Ident): boolean {
  if (statement.kind === NodeKind.AssignStmt) return statement.lhs.includes(name);
  if (statement.kind !== NodeKind.DeclStmt || statement.decl.kind !== NodeKind.GenDecl) return false;
  return statement.decl.specs.some((each) => each.kind === NodeKind.ValueSpec && each.names.includes(name));
}

/** A field before the map's, in a struct of the same file to which one can be added. */
function fieldMutex(file: GoFile, field: Variable, { info, package: package_, besides }: GoProgramContext): NewMutex | undefined {
  const ident = field.origin.ident;
  const around = ident ? pathAt(file.syntax, ident.pos) : [];
  const spec = around.find((each) => each.kind === NodeKind.TypeSpec);
  const object = spec?.kind === NodeKind.TypeSpec ? info.definitionOf(spec.name) : undefined;
  const named = object?.kind === ObjectKind.TypeName ? asNamed(object.type)?.origin : undefined;
  const declared = named && declarationOf(named, file, info);
  const sync = addImport(file.syntax, file.text, 'sync')?.name;
  if (!ident || !around.includes(ident) || !named || !declared || sync === undefined) return undefined;
  const { list } = declared.struct.fields;
  const index = list.findIndex((each) => each.names[0] === ident);
  const files = package_.files;
  // A struct in one line would not stay in one.
  if (index < 0 || indentationAt(file.text, ident.pos) === undefined || !isNeverCopied(named, files, info) || !literalsNameFields(named, files, info) || !literalsBesidesNameFields(named.obj.name, besides)) return undefined;
  const name = freeLockField(named, files, info);
  const rows = list.map((each) => fieldRow(file, each));
  return name === undefined ? undefined : { name, edits: rowAdded(file.text, rows, index, [name, `${sync}.Mutex`]) };
}
