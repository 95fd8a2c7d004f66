// Runs the detectors over a TypeScript file: one walk, shared by all rules. A rule that throws loses its own findings in the
// file and nothing else.

import type ts from 'typescript';
import { SyntaxKind, compiler } from '../typescript/compiler.ts';
import type { TypeScriptFile } from '../typescript/file.ts';
import { lowerFunction } from '../typescript/lowering/lower.ts';
import { commentsIn } from '../typescript/syntax/comments.ts';
import { nameOf } from '../typescript/references.ts';
import type { Unit } from '../typescript/units.ts';
import type { TypeQueries } from '../typescript/types/queries.ts';
import type { Rule } from '../rules/rule.ts';
import type { TypeScriptContext, TypeScriptDetector, TypeScriptFileContext, TypeScriptProject, VisitedKind } from '../rules/typescript-context.ts';
import { checked, guarded, type RuleReport } from './reports.ts';

export interface TypeScriptWalkInput {
  readonly file: TypeScriptFile;
  readonly types: TypeQueries & { onLookedFor: ((symbol: ts.Symbol) => void) | undefined };
  /** The program's own files; undefined in the syntax tier. */
  readonly project: TypeScriptProject | undefined;
  /** Throws to end a walk whose result nobody waits for. */
  throwIfCancelled(): void;
  failed(rule: string, error: unknown): void;
}

/** Where a symbol is declared: its name, and the offset of its declaration, or -1 where it is none of the file's. */
export interface SymbolPlace {
  readonly name: string;
  readonly offset: number;
}

export interface UnitReports {
  readonly reports: readonly RuleReport[];
  /** What was looked for beyond the unit. */
  readonly looksFor: readonly SymbolPlace[];
}

export function placeOf(symbol: ts.Symbol, file: ts.SourceFile): SymbolPlace {
  const declaration = symbol.valueDeclaration;
  return { name: nameOf(symbol), offset: declaration?.getSourceFile() === file ? declaration.getStart(file) : -1 };
}

interface Handler {
  readonly rule: Rule;
  readonly visit: (node: ts.Node, context: TypeScriptContext) => void;
}

/** The deepest nesting that is walked; code below it stays without findings instead of exhausting the stack. */
const deepestNesting = 800;

export class TypeScriptWalker {
  readonly #handlers: (readonly Handler[] | undefined)[] = [];
  readonly #detectors: readonly { readonly rule: Rule; readonly detector: TypeScriptDetector }[];
  /** The ids of the rules that run. */
  readonly ruleIds: ReadonlySet<string>;

  constructor(rules: readonly Rule[]) {
    this.ruleIds = new Set(rules.map((rule) => rule.id));
    this.#detectors = rules.flatMap((rule) => (rule.detectors.typescript ? [{ rule, detector: rule.detectors.typescript }] : []));
    const table = new Map<number, Handler[]>();
    for (const { rule, detector } of this.#detectors) {
      for (const [name, visit] of Object.entries(detector.visit ?? {})) {
        const kind = SyntaxKind[name as VisitedKind];
        const list = table.get(kind) ?? [];
        list.push({ rule, visit: visit as Handler['visit'] });
        table.set(kind, list);
      }
    }
    for (const [kind, list] of table) this.#handlers[kind] = list;
  }

  /** What the rules report in a file. A rule that throws is added to `failed`. */
  check(input: TypeScriptWalkInput, failed: Set<string>): readonly RuleReport[] {
    const walk = new Walk(input, this.#handlers, failed);
    return [...walk.reportsIn(input.file.syntax), ...this.#checkFile(input, walk, failed)];
  }

  #checkFile(input: TypeScriptWalkInput, walk: Walk, failed: Set<string>): readonly RuleReport[] {
    return walk.collect(() => {
      for (const { rule, detector } of this.#detectors) {
        if (detector.file && !failed.has(rule.id)) guarded(rule, input, failed, () => detector.file?.(walk.contextFor(rule)));
        const { project } = input;
        if (!detector.settledFile || !project || failed.has(rule.id)) continue;
        input.throwIfCancelled();
        guarded(rule, input, failed, () => detector.settledFile?.({ ...walk.contextFor(rule), project }));
      }
    });
  }

  /**
   * The same, unit by unit: `keptOf` gives what is known of one already. What rules report about the file as a whole is in
   * `rest`, and never kept.
   */
  checkUnits(input: TypeScriptWalkInput, units: readonly Unit[], keptOf: (unit: number) => UnitReports | undefined, failed: Set<string>): { readonly units: readonly UnitReports[]; readonly rest: readonly RuleReport[] } {
    const inner = new Set(units.map((unit) => unit.node));
    const walk = new Walk(input, this.#handlers, failed, inner);
    const results = units.map((unit, index) => {
      const kept = keptOf(index);
      if (kept) return kept;
      input.throwIfCancelled();
      const looksFor = new Set<ts.Symbol>();
      input.types.onLookedFor = (symbol) => looksFor.add(symbol);
      const reports = walk.reportsIn(unit.node);
      input.types.onLookedFor = undefined;
      return { reports, looksFor: [...looksFor].map((symbol) => placeOf(symbol, input.file.syntax)) };
    });
    return { units: results, rest: this.#checkFile(input, walk, failed) };
  }
}

class Walk {
  #reports: RuleReport[] = [];
  readonly #input: TypeScriptWalkInput;
  readonly #handlers: readonly (readonly Handler[] | undefined)[];
  readonly #failed: Set<string>;
  /** Nodes that are no part of what is around them. */
  readonly #apart: ReadonlySet<ts.Node> | undefined;
  readonly #functions: ts.FunctionLikeDeclaration[] = [];
  readonly #contexts = new Map<Rule, TypeScriptContext>();
  readonly #visitChild = (child: ts.Node): void => {
    if (!this.#apart?.has(child)) this.#visit(child);
  };
  #depth = 0;

  constructor(input: TypeScriptWalkInput, handlers: readonly (readonly Handler[] | undefined)[], failed: Set<string>, apart?: ReadonlySet<ts.Node>) {
    this.#input = input;
    this.#handlers = handlers;
    this.#failed = failed;
    this.#apart = apart;
  }

  /** What is reported about a node and what is below it. */
  reportsIn(node: ts.Node): readonly RuleReport[] {
    for (let at = node.parent as ts.Node | undefined; at; at = at.parent) if (isFunctionWithBody(at)) this.#functions.unshift(at);
    const reports = this.collect(() => this.#visit(node));
    this.#functions.length = 0;
    return reports;
  }

  collect(run: () => void): readonly RuleReport[] {
    this.#reports = [];
    run();
    return this.#reports;
  }

  #visit(node: ts.Node): void {
    const handlers = this.#handlers[node.kind];
    if (handlers) {
      for (const { rule, visit } of handlers) {
        if (this.#failed.has(rule.id)) continue;
        guarded(rule, this.#input, this.#failed, () => visit(node, this.contextFor(rule)));
      }
    }
    if (this.#depth >= deepestNesting) return;
    if (this.#depth === 1) this.#input.throwIfCancelled();
    const isFunction = isFunctionWithBody(node);
    if (isFunction) this.#functions.push(node);
    this.#depth++;
    compiler.forEachChild(node, this.#visitChild);
    this.#depth--;
    if (isFunction) this.#functions.pop();
  }

  contextFor(rule: Rule): TypeScriptContext {
    let context = this.#contexts.get(rule);
    if (!context) {
      const functions = this.#functions;
      const { file, types } = this.#input;
      context = {
        ...this.#fileContext(rule),
        get enclosingFunction() {
          return functions[functions.length - 1];
        },
        flow: () => {
          const body = lowerFunction(functions[functions.length - 1] ?? file.syntax, types, file);
          return body?.incomplete === false ? body : undefined;
        },
      };
      this.#contexts.set(rule, context);
    }
    return context;
  }

  #fileContext(rule: Rule): TypeScriptFileContext {
    const { file, types, project } = this.#input;
    return {
      file,
      syntax: file.syntax,
      types,
      tier: project ? 'typed' : 'syntax',
      textOf: (node) => file.text.slice(node.getStart(file.syntax), node.end),
      spanOf: (node) => ({ start: node.getStart(file.syntax), end: node.end }),
      commentsIn: (start, end) => commentsIn(file.syntax, start, end).map((comment) => ({ start: comment.pos, end: comment.end })),
      report: (report) => {
        this.#reports.push({ rule, path: file.path, report: checked(rule, report) });
      },
    };
  }
}

function isFunctionWithBody(node: ts.Node): node is ts.FunctionLikeDeclaration {
  switch (node.kind) {
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.Constructor:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
      return true;
    default:
      return false;
  }
}
