import type ts from 'typescript';
import { SyntaxKind, compiler } from '../../typescript/compiler.ts';
import { plain } from '../../typescript/expressions.ts';
import { containerNames } from '../../typescript/names.ts';
import { functionAround, isNewEmpty, walkAll } from '../../typescript/operations.ts';
import { referencesTo } from '../../typescript/references.ts';
import type { ContainerKind } from '../../typescript/types/queries.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// function reset(m: Map<string, number>) { m = new Map(); }   →  m.clear();
// function reset(list: string[]) { list = []; }                →  list.length = 0;
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    BinaryExpression: (assignment, context) => {
      const target = assignment.left;
      if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken || !compiler.isIdentifier(target) || !isNewEmpty(assignment.right, context.types)) return;
      const symbol = context.types.symbolAt(target);
      const declaration = symbol?.valueDeclaration;
      if (!symbol || !declaration || !compiler.isParameter(declaration) || !compiler.isExpressionStatement(assignment.parent)) return;
      const { container } = context.types.typeAt(declaration.name);
      if (!container || !isDead(assignment, symbol, declaration, context)) return;
      context.report({
        message: { id: 'parameter', arguments: { name: target.text, kind: containerNames[container] } },
        span: context.spanOf(target),
        subject: context.spanOf(assignment),
        fixes: fixes(assignment, target.text, container, context),
      });
    },
  },
};

/** True if nobody can see what was assigned: nothing behind it, no earlier round of a loop, and no function in between uses the parameter. */
function isDead(assignment: ts.BinaryExpression, symbol: ts.Symbol, declaration: ts.ParameterDeclaration, context: TypeScriptContext): boolean {
  const owner = declaration.parent;
  if (functionAround(assignment) !== owner || !('body' in owner) || !owner.body) return false;
  // `arguments` shares its elements with the parameters of functions that are not strict; `eval` may name anything.
  if (names(owner.body, 'arguments') || names(owner.body, 'eval')) return false;
  const loop = loopAround(assignment, owner);
  return referencesTo(symbol, context.syntax, context.types).every((name) => {
    if (name === assignment.left || name === declaration.name) return true;
    if (functionAround(name) !== owner) return false;
    return name.pos < assignment.pos && !(loop && loop.pos <= name.pos && name.end <= loop.end);
  });
}

function names(node: ts.Node, name: string): boolean {
  let found = false;
  walkAll(node, (child) => {
    found ||= compiler.isIdentifier(child) && child.text === name;
  });
  return found;
}

/** The outermost loop of the function around a node. */
function loopAround(node: ts.Node, owner: ts.Node): ts.Node | undefined {
  let loop: ts.Node | undefined;
  for (let at = node.parent; at !== owner; at = at.parent) if (compiler.isIterationStatement(at, false)) loop = at;
  return loop;
}

function fixes(assignment: ts.BinaryExpression, name: string, kind: ContainerKind, context: TypeScriptContext): readonly Fix[] {
  const type = context.types.typeAt(assignment.left);
  const span = context.spanOf(assignment);
  const isClearable = kind === 'map' || kind === 'set' || kind === 'array';
  if (!isClearable || type.isReadonly || context.types.typeAt(plain(assignment.left)).isNullable || context.commentsIn(span.start, span.end).length > 0) return [];
  const replacement = kind === 'array' ? `${name}.length = 0` : `${name}.clear()`;
  return [{ title: { id: 'fix', arguments: { replacement } }, safe: false, caution: { id: 'caution-caller', arguments: { kind: containerNames[kind] } }, edits: [{ ...span, newText: replacement }] }];
}
