// An insertion into a map that is nil, which panics, where the reason is in another function:
//
//	type counter struct{ counts map[string]int }      nothing in the package assigns counts
//	func (c *counter) add(k string) { c.counts[k]++ }
//
//	var c counter; c.add("x")                         counts is made elsewhere, not for this object
//	fill(nil)                                         fill writes into its parameter
//	decoder.Decode(&data); c.data = data              the input has no counts, perhaps

import { decodedInserts } from '../../analysis/decoded-records.ts';
import { neverMade, nilArguments, unmadeFields } from '../../analysis/nil-containers.ts';
import type { FieldAccess, Place } from '../../analysis/fields.ts';
import { namesUsedElsewhere, variablesWithValue } from '../../go/mentions.ts';
import { isExported } from '../../go/types/objects.ts';
import type { Obj } from '../../go/types/objects.ts';
import { mapExpressionAt } from '../../go/replacements.ts';
import { statementAt } from '../../go/statements.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { pathAt } from '../../go/syntax/walk.ts';
import type { GoFile } from '../../go/packages/package.ts';
import { indentationAt, lineAt, related } from '../lock-places.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import type { Fix } from '../rule.ts';

export const detectGo: GoDetector = {
  program(context) {
    checkFields(context);
    for (const { uses, inserts, decoded, made } of decodedInserts(context.program)) {
      const [insert, ...more] = inserts;
      const file = insert && context.file(insert.function.path);
      const other = context.file(decoded.function.path);
      // Code outside knows types of other packages, and may make their maps.
      if (!insert || !file || !other || insert.function.generated || (uses.declared as Obj).packagePath !== context.package.path || !context.file(made.function.path)) continue;
      context.report(insert.function.path, {
        message: { id: 'decoded', arguments: { map: textAt(insert, insert.container, context), name: uses.name, line: lineAt(other.text, decoded.body.start(decoded.operation)) } },
        span: insert.body.spanOf(insert.container),
        related: [related(decoded.function.path, decoded.body.spanOf(decoded.operation), { id: 'decode' }), related(made.function.path, made.body.spanOf(made.operation), { id: 'constructed' }), ...more.flatMap((each) => (context.file(each.function.path) ? [related(each.function.path, each.body.spanOf(each.container), { id: 'also' })] : []))],
        fixes: fixes(file, insert, context),
      });
    }
    for (const { insert, argument, ...call } of nilArguments(context.program)) {
      const { body, operation } = call;
      const span = body.spanOf(body.list(operation)[argument]!);
      report(call, span, 'argument', call, insert, context);
    }
  },
};

function checkFields(context: GoProgramContext): void {
  const never = neverMade(context.program);
  const unmade = unmadeFields(context.program);
  if (never.length === 0 && unmade.length === 0) return;
  const elsewhere = namesUsedElsewhere(context.package, context.besides);
  const initialised = variablesWithValue(context.package);
  for (const { uses, inserts } of never) {
    if (isExported(uses.name) || elsewhere.has(uses.name) || (uses.isGlobal && initialised.has(uses.name))) continue;
    const [first, ...rest] = inserts;
    const file = first && context.file(first.function.path);
    if (!first || !file || first.function.generated) continue;
    context.report(first.function.path, {
      message: { id: uses.isGlobal ? 'never-variable' : 'never', arguments: { map: textAt(first, first.container, context), name: uses.name } },
      span: first.body.spanOf(first.container),
      related: rest.flatMap((each) => (context.file(each.function.path) ? [related(each.function.path, each.body.spanOf(each.container), { id: 'also' })] : [])),
      fixes: fixes(file, first, context),
    });
  }
  for (const { uses, insert, creation, ...call } of unmade) {
    if (isExported(uses.name) || elsewhere.has(uses.name)) continue;
    report(call, call.body.spanOf(call.operation), 'unmade', { ...call, operation: creation }, insert, context, uses.name);
  }
}

function report(at: Place, span: { start: number; end: number }, id: 'argument' | 'unmade', from: Place, insert: Place, context: GoProgramContext, name = ''): void {
  const path = at.function.path;
  const other = context.file(insert.function.path);
  if (!context.file(path) || !other || at.function.generated) return;
  const line = lineAt(other.text, insert.body.start(insert.operation));
  const places = [related(insert.function.path, insert.body.spanOf(insert.operation), { id: 'insert' })];
  if (id === 'unmade') places.push(related(path, from.body.spanOf(from.operation), { id: 'made', arguments: { name } }));
  context.report(path, { message: { id, arguments: { function: insert.function.name, line, name } }, span, related: places });
}

function textAt({ function: { path }, body }: Place, operation: number, context: GoProgramContext): string {
  return context.file(path)?.text.slice(body.start(operation), body.end(operation)) ?? '';
}

// c.counts[k]++   →   if c.counts == nil { c.counts = make(map[string]int) }; c.counts[k]++
function fixes(file: GoFile, { body, container }: FieldAccess, context: GoProgramContext): readonly Fix[] {
  const span = body.spanOf(container);
  const map = mapExpressionAt(file, span, context.package.path, context.info);
  const statement = statementAt(file.syntax, span.start)?.statement;
  const mention = pathAt(file.syntax, span.start).find((each) => each.pos === span.start && each.end === span.end);
  if (!map || !mention || (statement?.kind !== NodeKind.AssignStmt && statement?.kind !== NodeKind.IncDecStmt) || !outlives(mention, context)) return [];
  const indentation = indentationAt(file.text, statement.pos);
  if (indentation === undefined) return [];
  const newText = `if ${map.text} == nil {\n${indentation}\t${map.text} = ${map.made}\n${indentation}}\n${indentation}`;
  return [{ title: { id: 'fix', arguments: { map: map.text, replacement: map.made } }, safe: true, edits: [{ start: statement.pos, end: statement.pos, newText }] }];
}

/** True for a variable of package level, or a field reached through a pointer: an assignment to it is still there when the function has returned. */
function outlives(mention: ast.Node, { info }: GoProgramContext): boolean {
  if (mention.kind === NodeKind.Ident) return info.useOf(mention)?.isPackageLevel === true;
  let at: ast.Node = mention;
  while (at.kind === NodeKind.SelectorExpr) {
    const selection = info.selectionOf(at);
    if (!selection) return info.useOf(at.sel)?.isPackageLevel === true;
    if (selection.indirect) return true;
    at = at.x;
  }
  return at.kind === NodeKind.Ident && info.useOf(at)?.isPackageLevel === true;
}
