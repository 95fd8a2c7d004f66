import { isPure, unparen } from '../../go/expressions.ts';
import { hasCommentBehind, inlinedStatements, isLastOfFunction, linesInside } from '../../go/inlined-literals.ts';
import { fieldRow, specEdits } from '../../go/map-declaration.ts';
import { isSameVariable } from '../../go/map-uses.ts';
import { namesUsedElsewhere } from '../../go/mentions.ts';
import { rowEdits } from '../../go/alignment.ts';
import { statementAt } from '../../go/statements.ts';
import type { StatementAt } from '../../go/statements.ts';
import { freeLockField, literalsNameFields, lockNames } from '../../go/struct-owner.ts';
import { commentsIn } from '../../go/syntax/comments.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { pathAt, walk } from '../../go/syntax/walk.ts';
import type { GoFile } from '../../go/packages/package.ts';
import { ObjectKind, isExported } from '../../go/types/objects.ts';
import type { Variable } from '../../go/types/objects.ts';
import { asNamed } from '../../go/types/predicates.ts';
import { indentAt, lineEndOf } from '../../text/lines.ts';
import type { GoProgramContext } from '../go-context.ts';
import type { Place } from '../go-places.ts';
import { isBrief } from '../lock-fixes.ts';
import { indentationAt } from '../lock-places.ts';
import type { NewMutex } from '../race-fixes.ts';
import type { Fix } from '../rule.ts';

/** A statement `once.Do(f)`. */
interface GuardedRun {
  readonly file: GoFile;
  readonly at: StatementAt;
  /** `c.once` */
  readonly guard: ast.Expr;
  /** What it runs: a literal, or an expression to call. */
  readonly run: ast.Expr;
}

/**
 * What the guard runs, at every call: with a lock held as it is, else with a mutex in the guard's place.
 * @param isLocked whether a lock is held when the clear runs; undefined if that is not known
 */
export function fixesFor(call: Place, isLocked: boolean | undefined, context: GoProgramContext): readonly Fix[] {
  const guarded = isLocked === undefined ? undefined : guardedRun(call, context);
  const fix = guarded && (isLocked ? withoutGuard(guarded, context) : withMutex(guarded, context));
  return fix ? [fix] : [];
}

function guardedRun({ path, span }: Place, { file: fileOf, info }: GoProgramContext): GuardedRun | undefined {
  const file = fileOf(path);
  const at = file && statementAt(file.syntax, span.start);
  if (!file || at?.statement.kind !== NodeKind.ExprStmt || at.statement.pos !== span.start || at.statement.end !== span.end) return undefined;
  const { x: called } = at.statement;
  if (called.kind !== NodeKind.CallExpr || called.args.length !== 1 || called.fun.kind !== NodeKind.SelectorExpr) return undefined;
  const guard = unparen(called.fun.x);
  const run = unparen(called.args[0]!);
  const isKnown = run.kind === NodeKind.FuncLit ? (run.type.params.list.length === 0) : isPure(run, info);
  // A comment beside the literal, or in a column with others, would be lost or out of place.
  const outside = [{ start: called.pos, end: run.pos }, { start: run.end, end: called.end }];
  if (!isKnown || !isPure(guard, info) || outside.some((each) => commentsIn(file.syntax, each).length > 0) || hasCommentBehind(file, called.end)) return undefined;
  return { file, at, guard, run };
}

// c.once.Do(func() { c.mu.Lock(); defer c.mu.Unlock(); clear(c.entries) })   →   c.mu.Lock(); defer c.mu.Unlock(); clear(c.entries)
function withoutGuard({ file, at, guard, run }: GuardedRun, context: GoProgramContext): Fix | undefined {
  if (!staysUsed(file, guard, context)) return undefined;
  const { statement } = at;
  const inlined = run.kind === NodeKind.FuncLit && hasOwnLine(file, at) ? inlinedStatements(file, run, at) : undefined;
  const newText = inlined ?? `${file.text.slice(run.pos, run.end)}()`;
  const once = file.text.slice(guard.pos, guard.end);
  return { title: { id: 'fix-always' }, safe: false, caution: { id: 'caution-always', arguments: { once } }, edits: [{ start: statement.pos, end: statement.end, newText }] };
}

/** False for the statement of a function in one line, which would not stay in one. */
function hasOwnLine({ text }: GoFile, { statement }: StatementAt): boolean {
  return indentationAt(text, statement.pos) !== undefined;
}

/** False for a guard that comes from a local variable, which might be used nowhere else. */
function staysUsed(file: GoFile, guard: ast.Expr, { info }: GoProgramContext): boolean {
  let root = guard;
  while (root.kind === NodeKind.SelectorExpr) root = unparen(root.x);
  const object = root.kind === NodeKind.Ident ? info.useOf(root) : undefined;
  if (object?.kind === ObjectKind.PackageName || object?.isPackageLevel) return true;
  return object?.ident !== undefined && pathAt(file.syntax, object.ident.pos).some((each) => each.kind === NodeKind.FieldList);
}

// c.once.Do(func() { clear(c.entries) })   →   c.mu.Lock(); clear(c.entries); c.mu.Unlock()
function withMutex(guarded: GuardedRun, context: GoProgramContext): Fix | undefined {
  const { file, at, guard, run } = guarded;
  const declaration = hasOwnLine(file, at) ? mutexFor(guarded, context) : undefined;
  if (!declaration) return undefined;
  const lock = guard.kind === NodeKind.SelectorExpr ? `${file.text.slice(guard.x.pos, guard.x.end)}.${declaration.name}` : declaration.name;
  const indentation = indentAt(file.text, at.statement.pos);
  const inlined = run.kind === NodeKind.FuncLit ? inlinedStatements(file, run, at) : `${file.text.slice(run.pos, run.end)}()`;
  const isPlain = run.kind === NodeKind.FuncLit && run.body.list.every((each) => each.kind !== NodeKind.ReturnStmt && isBrief(each, context.info));
  const lines = (): readonly string[] | undefined => (run.kind === NodeKind.FuncLit ? linesInside(file, run, indentation) : [inlined!]);
  let texts: readonly string[] | undefined;
  if (inlined !== undefined && isPlain) texts = [`${lock}.Lock()`, inlined, `${lock}.Unlock()`];
  // Whatever panics or returns, the lock is released.
  else if (inlined !== undefined && isLastOfFunction(at)) texts = [`${lock}.Lock()`, `defer ${lock}.Unlock()`, inlined];
  else texts = calledUnderLock(lock, lines(), indentation);
  if (!texts) return undefined;
  return {
    title: { id: 'fix-mutex', arguments: { lock } },
    safe: false,
    caution: { id: 'caution-mutex', arguments: { lock } },
    edits: [{ start: at.statement.pos, end: at.statement.end, newText: texts.map((line, index) => (index === 0 || line === '' ? line : `${indentation}${line}`)).join(lineEndOf(file.text)) }, ...declaration.edits],
  };
}

function calledUnderLock(lock: string, lines: readonly string[] | undefined, indentation: string): readonly string[] | undefined {
  const inner = lines?.map((line, index) => (index === 0 || line === '' ? line : line.slice(indentation.length)));
  return inner && ['func() {', ...[`${lock}.Lock()`, `defer ${lock}.Unlock()`, ...inner].map((line) => (line === '' ? line : `\t${line}`)), '}()'];
}

/** The mutex that the guard becomes, if nothing else uses the guard. */
function mutexFor({ file, at, guard }: GuardedRun, context: GoProgramContext): NewMutex | undefined {
  const { info } = context;
  const named = guard.kind === NodeKind.SelectorExpr ? guard.sel : guard;
  const object = named.kind === NodeKind.Ident ? info.useOf(named) : undefined;
  if (object?.kind !== ObjectKind.Variable || !isOnlyUsedOnce(object, context)) return undefined;
  const around = object.origin.ident ? pathAt(file.syntax, object.origin.ident.pos) : [];
  if (!around.includes(object.origin.ident!)) return undefined;
  const group = around.find((each) => each.kind === NodeKind.GenDecl);
  const spec = around.find((each) => each.kind === NodeKind.TypeSpec || each.kind === NodeKind.ValueSpec);
  if (group?.kind !== NodeKind.GenDecl || around.some((each) => each.kind === NodeKind.FuncDecl)) return undefined;
  if (spec?.kind === NodeKind.ValueSpec) return mutexVariable(file, at, group, spec, context);
  return spec?.kind === NodeKind.TypeSpec ? mutexField(file, around, spec, context) : undefined;
}

/** True if the package mentions a guard at its declaration and at one place, and nobody else can. */
function isOnlyUsedOnce(object: Variable, { info, package: package_, besides }: GoProgramContext): boolean {
  if (isExported(object.name) || object.embedded || namesUsedElsewhere(package_, besides).has(object.name)) return false;
  let uses = 0;
  for (const each of package_.files) {
    walk(each.syntax, (node) => {
      const used = node.kind === NodeKind.Ident && node.name === object.name ? info.useOf(node) : undefined;
      if (used?.kind === ObjectKind.Variable && isSameVariable(used, object)) uses++;
    });
  }
  return uses === 1;
}

function mutexVariable(file: GoFile, { statement }: StatementAt, group: ast.GenDecl, spec: ast.ValueSpec, { info, package: package_, besides }: GoProgramContext): NewMutex | undefined {
  const elsewhere = namesUsedElsewhere(package_, besides);
  const isFree = (name: string): boolean => !elsewhere.has(name) && info.lookup(name, file.syntax, statement.pos) === undefined && package_.files.every((each) => info.lookup(name, each.syntax, each.syntax.name.end) === undefined);
  const name = lockNames.find(isFree);
  const type = mutexBeside(file, spec.type);
  if (name === undefined || type === undefined || spec.names.length !== 1 || spec.values.length > 0) return undefined;
  return { name, edits: specEdits(file, group, spec, name, type) };
}

function mutexField(file: GoFile, around: readonly ast.Node[], spec: ast.TypeSpec, { info, package: package_ }: GoProgramContext): NewMutex | undefined {
  const field = around.findLast((each) => each.kind === NodeKind.Field);
  const object = info.definitionOf(spec.name);
  const owner = object?.kind === ObjectKind.TypeName ? asNamed(object.type)?.origin : undefined;
  if (!owner || spec.type?.kind !== NodeKind.StructType || field?.kind !== NodeKind.Field || field.names.length !== 1 || !spec.type.fields.list.includes(field)) return undefined;
  const type = mutexBeside(file, field.type);
  const name = freeLockField(owner, package_.files, info);
  if (type === undefined || name === undefined || !literalsNameFields(owner, package_.files, info)) return undefined;
  const rows = spec.type.fields.list.map((each) => fieldRow(file, each));
  const index = spec.type.fields.list.indexOf(field);
  const [, , ...rest] = rows[index]!.map(({ start, end }) => file.text.slice(start, end));
  return { name, edits: rowEdits(file.text, rows, index, [name, type, ...rest]) };
}

/** `sync.Mutex` for `sync.Once`, by the name that the file has for the package. */
function mutexBeside(file: GoFile, type: ast.Expr | undefined): string | undefined {
  return type?.kind === NodeKind.SelectorExpr && type.sel.name === 'Once' ? `${file.text.slice(type.x.pos, type.x.end)}.Mutex` : undefined;
}
