import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import { isPure, unparen } from '../../go/expressions.ts';
import { mapTypeOf } from '../../go/emptying.ts';
import { addImport } from '../../go/packages/imports.ts';
import { isInLoop, isPresentAt, mayComeBefore, mayIterateAfter, valuesOf } from '../../analysis/flow.ts';
import { Access, accessOf, containerOf, keyOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Op } from '../../model/operations.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

/** The first Go release with package maps. */
const mapsVersion = 21;

// for k := range m { m[other] = v }   →  for k := range maps.Clone(m) { … }
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.RangeStmt]: (loop, context) => {
      if (!assignsElements(loop.body) || !mapTypeOf(context.info.typeOf(loop.x))) return;
      const body = context.flow();
      const index = body ? body.loops.findIndex((each) => each.start === loop.pos && each.end === loop.end) : -1;
      if (!body || index < 0) return;
      for (const { write, afterDelete } of insertsIn(body, index)) {
        const map = context.textOf(loop.x);
        context.report({
          message: { id: afterDelete ? 'insert-after-delete' : 'insert', arguments: { map } },
          span: body.spanOf(write),
          related: [{ path: context.file.path, span: { start: loop.pos, end: loop.x.end }, message: { id: 'loop', arguments: { map } } }],
          fixes: fixes(loop, context),
        });
      }
    },
  },
};

/** True if an indexed expression is assigned to somewhere in a block. */
function assignsElements(block: ast.BlockStmt): boolean {
  let found = false;
  walk(block, (node) => {
    if (node.kind === NodeKind.AssignStmt) found ||= node.lhs.some((target) => unparen(target).kind === NodeKind.IndexExpr);
    else if (node.kind === NodeKind.IncDecStmt) found ||= unparen(node.x).kind === NodeKind.IndexExpr;
    return !found;
  });
  return found;
}

/** The writes in a loop that may add a key to the ranged map, and after which the loop may go on. */
function insertsIn(body: FunctionBody, index: number): readonly { readonly write: number; readonly afterDelete: boolean }[] {
  const loop = body.loops[index]!;
  const values = valuesOf(body);
  const ranged = values.number(body.a(loop.iterate));
  const isRanged = (operation: number): boolean => values.relation(values.number(containerOf(body, operation)), ranged) === 'same';
  const found: { write: number; afterDelete: boolean }[] = [];
  for (let write = 0; write < body.operationCount; write++) {
    if (accessOf(body, write) !== Access.Write || !isInLoop(body, write, index) || !isRanged(write) || !mayIterateAfter(body, write, index)) continue;
    const key = values.number(keyOf(body, write));
    const isOwnKey = isKeyOf(body, loop.next, key);
    const afterDelete = mayComeBefore(body, write, loop.next, (operation) => accessOf(body, operation) === Access.Delete && isRanged(operation) && values.number(keyOf(body, operation)) === key);
    if (isOwnKey && !afterDelete) continue;
    if (isPresentAt(body, containerOf(body, write), keyOf(body, write), write)) continue;
    found.push({ write, afterDelete: isOwnKey });
  }
  return found;
}

/** True if a value is the key that the loop is at. */
function isKeyOf(body: FunctionBody, next: number, key: number): boolean {
  const values = valuesOf(body);
  const origin = values.origin(key);
  return origin >= 0 && body.kind(origin) === Op.IterationKey && body.a(origin) === next;
}

function fixes(loop: ast.RangeStmt, context: GoContext): readonly Fix[] {
  const floor = context.file.libraryFloor?.version;
  const added = addImport(context.file.syntax, context.file.text, 'maps', (name) => context.info.lookup(name, context.file.syntax, loop.pos) !== undefined);
  if (floor === undefined || floor < mapsVersion || !added || !isPure(loop.x, context.info)) return [];
  const map = context.textOf(loop.x);
  return [
    {
      title: { id: 'fix', arguments: { map } },
      safe: false,
      caution: { id: 'caution-copy' },
      imports: ['maps'],
      edits: [{ start: loop.x.pos, end: loop.x.end, newText: `${added.name}.Clone(${map})` }],
    },
  ];
}
