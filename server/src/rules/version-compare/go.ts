import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { Token } from '../../go/syntax/token.ts';
import { buildLinesIn } from '../../go/syntax/directives.ts';
import { functionCalled, isFunction, unparen, variableNamed } from '../../go/expressions.ts';
import { initialValueOf, isNeverReassigned } from '../../go/uses.ts';
import { addImport } from '../../go/packages/imports.ts';
import { fallbackFaults } from '../../go/fallbacks.ts';
import { formatGoVersion } from '../../go/packages/version.ts';
import type { GoContext, GoDetector, GoFileContext } from '../go-context.ts';
import type { Fix } from '../rule.ts';

/** The first Go release with package go/version. */
const versionPackage = 22;
/** From this language version on, gofmt and the go command need no `// +build` line. */
const goBuildVersion = 18;

const ordering: ReadonlyMap<Token, string> = new Map([
  [Token.LSS, '<'],
  [Token.LEQ, '<='],
  [Token.GTR, '>'],
  [Token.GEQ, '>='],
]);

// runtime.Version() >= "go1.21"   →  version.Compare(runtime.Version(), "go1.21") >= 0
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.BinaryExpr]: (comparison, context) => {
      const operator = ordering.get(comparison.op);
      if (operator === undefined || !context.file.imports.includes('runtime')) return;
      const isVersion = [comparison.x, comparison.y].some((side) => isRuntimeVersion(side, context, 0));
      if (!isVersion) return;
      context.report({
        message: { id: 'ordered' },
        span: { start: comparison.pos, end: comparison.end },
        fixes: compareFix(comparison, operator, context),
      });
    },
  },
  file: obsoleteBuildLines,
  package: (context) => {
    for (const fault of fallbackFaults(context.files)) {
      context.report(fault.file.path, {
        message: { id: fault.kind, arguments: { name: fault.name, other: fault.otherName, version: formatGoVersion(fault.version) } },
        span: fault.constraint,
        related: [{ path: fault.other.path, span: fault.otherConstraint, message: { id: 'other' } }],
      });
    }
  },
};

/** `runtime.Version()`, a variable that holds nothing else, or either with a prefix trimmed off. */
function isRuntimeVersion(expression: ast.Expr, context: GoContext, depth: number): boolean {
  const { info } = context;
  const inner = unparen(expression);
  if (inner.kind === NodeKind.CallExpr) {
    const callee = functionCalled(inner, info);
    if (isFunction(callee, 'runtime', 'Version')) return true;
    const trims = isFunction(callee, 'strings', 'TrimPrefix') || isFunction(callee, 'strings', 'TrimLeft') || isFunction(callee, 'strings', 'TrimSpace');
    return trims && depth < 3 && isRuntimeVersion(inner.args[0]!, context, depth + 1);
  }
  const variable = variableNamed(inner, info);
  if (!variable || variable.isPackageLevel || depth >= 3) return false;
  const value = initialValueOf(variable, context.declaration, info);
  return value !== undefined && isRuntimeVersion(value, context, depth + 1) && isNeverReassigned(variable, context.declaration, info);
}

function compareFix(comparison: ast.BinaryExpr, operator: string, context: GoContext): readonly Fix[] {
  const floor = context.file.libraryFloor?.version;
  if (floor === undefined || floor < versionPackage) return [];
  const sides = [comparison.x, comparison.y];
  // A trimmed version is no version that go/version can read, and neither is a literal without its go prefix.
  const readable = sides.every((side) => isWhole(side, context) || isVersionLiteral(side, context));
  const added = addImport(context.file.syntax, context.file.text, 'go/version');
  if (!readable || !added || context.commentsIn(comparison.pos, comparison.end).length > 0) return [];
  const newText = `${added.name}.Compare(${context.textOf(comparison.x)}, ${context.textOf(comparison.y)}) ${operator} 0`;
  return [
    {
      title: { id: 'fix' },
      safe: false,
      caution: { id: 'caution-development' },
      imports: ['go/version'],
      edits: [{ start: comparison.pos, end: comparison.end, newText }],
    },
  ];
}

function isWhole(side: ast.Expr, context: GoContext): boolean {
  const inner = unparen(side);
  if (inner.kind === NodeKind.CallExpr) return isFunction(functionCalled(inner, context.info), 'runtime', 'Version');
  const variable = variableNamed(inner, context.info);
  const value = variable && initialValueOf(variable, context.declaration, context.info);
  return value?.kind === NodeKind.CallExpr && isFunction(functionCalled(value, context.info), 'runtime', 'Version');
}

function isVersionLiteral(side: ast.Expr, context: GoContext): boolean {
  const value = context.info.constantOf(side);
  return value?.kind === 'string' && value.bytes.startsWith('go1');
}

function obsoleteBuildLines(context: GoFileContext): void {
  const language = context.file.languageVersion?.version;
  if (language === undefined || language < goBuildVersion) return;
  const lines = buildLinesIn(context.file.syntax, context.file.text);
  if (!lines.goBuild) return;
  for (const line of lines.plusBuild) {
    const next = context.file.text.charAt(line.end) === '\r' ? line.end + 2 : line.end + 1;
    context.report({
      message: { id: 'obsolete' },
      span: { start: line.pos, end: line.end },
      unnecessary: true,
      fixes: [{ title: { id: 'fix-obsolete' }, safe: true, edits: [{ start: line.pos, end: Math.min(next, context.file.text.length), newText: '' }] }],
    });
  }
}
