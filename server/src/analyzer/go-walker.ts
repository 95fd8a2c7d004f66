// Runs the detectors: one walk over each declaration, shared by all rules. A rule that throws loses its own findings in the
// file and nothing else.

import type * as ast from '../go/syntax/ast.ts';
import { NodeKind } from '../go/syntax/ast.ts';
import { forEachChild } from '../go/syntax/walk.ts';
import { lowerFunction } from '../go/lowering/lower.ts';
import type { GoFile, GoPackage } from '../go/packages/package.ts';
import type { TypeInfo } from '../go/types/info.ts';
import type { FunctionBody } from '../model/function-body.ts';
import type { GoContext, GoDetector, GoFileContext, GoProgramContext } from '../rules/go-context.ts';
import type { Report, Rule } from '../rules/rule.ts';
import { checked, guarded, type RuleReport } from './reports.ts';

export interface WalkInput {
  readonly file: GoFile;
  readonly package: GoPackage;
  readonly info: TypeInfo;
  commentsIn(start: number, end: number): readonly ast.Comment[];
  failed(rule: string, error: unknown): void;
}

export interface FolderInput {
  readonly directory: string;
  readonly files: readonly GoFile[];
  failed(rule: string, error: unknown): void;
}

export interface ProgramInput extends Omit<GoProgramContext, 'report'> {
  failed(rule: string, error: unknown): void;
}

interface Handler {
  readonly rule: Rule;
  readonly visit: (node: ast.Node, context: GoContext) => void;
}

/** The deepest nesting that is walked; code below it stays without findings instead of exhausting the stack. */
const deepestNesting = 1000;

export class GoWalker {
  readonly #handlers: (readonly Handler[] | undefined)[] = [];
  readonly #detectors: readonly { readonly rule: Rule; readonly detector: GoDetector }[];
  /** The ids of the rules that run. */
  readonly ruleIds: ReadonlySet<string>;

  constructor(rules: readonly Rule[]) {
    this.ruleIds = new Set(rules.map((rule) => rule.id));
    this.#detectors = rules.flatMap((rule) => (rule.detectors.go ? [{ rule, detector: rule.detectors.go }] : []));
    const table = new Map<number, Handler[]>();
    for (const { rule, detector } of this.#detectors) {
      for (const [kind, visit] of Object.entries(detector.visit ?? {})) {
        const list = table.get(Number(kind)) ?? [];
        list.push({ rule, visit: visit as Handler['visit'] });
        table.set(Number(kind), list);
      }
    }
    for (const [kind, list] of table) this.#handlers[kind] = list;
  }

  get looksAtFolders(): boolean {
    return this.#detectors.some(({ detector }) => detector.package);
  }

  /** The ids of the rules that look at whole packages. */
  get programRuleIds(): readonly string[] {
    return this.#detectors.flatMap(({ rule, detector }) => (detector.program ? [rule.id] : []));
  }

  get looksAtPrograms(): boolean {
    return this.#detectors.some(({ detector }) => detector.program);
  }

  /** A walk over declarations of one file. Rules in `failed` are left out; a rule that throws is added to it. */
  over(input: WalkInput, failed: Set<string>): FileWalk {
    return new FileWalk(input, this.#handlers, failed);
  }

  checkFile(input: WalkInput, failed: Set<string>): readonly RuleReport[] {
    const reports: RuleReport[] = [];
    for (const { rule, detector } of this.#detectors) {
      if (!detector.file || failed.has(rule.id)) continue;
      guarded(rule, input, failed, () => detector.file?.(fileContext(input, rule, (report) => reports.push(report))));
    }
    return reports;
  }

  checkFolder(input: FolderInput, failed: Set<string>): readonly RuleReport[] {
    const reports: RuleReport[] = [];
    for (const { rule, detector } of this.#detectors) {
      if (!detector.package || failed.has(rule.id)) continue;
      const report = (path: string, what: Report): void => {
        reports.push({ rule, path, report: checked(rule, what) });
      };
      guarded(rule, input, failed, () => detector.package?.({ directory: input.directory, files: input.files, report }));
    }
    return reports;
  }

  checkProgram(input: ProgramInput, failed: Set<string>): readonly RuleReport[] {
    const reports: RuleReport[] = [];
    for (const { rule, detector } of this.#detectors) {
      if (!detector.program || failed.has(rule.id)) continue;
      const own: RuleReport[] = [];
      const report = (path: string, what: Report): void => {
        own.push({ rule, path, report: checked(rule, what) });
      };
      guarded(rule, input, failed, () => detector.program?.({ ...input, report }));
      if (!failed.has(rule.id)) reports.push(...own);
    }
    return reports;
  }
}

export class FileWalk {
  #reports: RuleReport[] = [];
  #declaration: ast.Decl | undefined;
  readonly #input: WalkInput;
  readonly #handlers: readonly (readonly Handler[] | undefined)[];
  readonly #failed: Set<string>;
  readonly #ancestors: ast.Node[] = [];
  readonly #functions: (ast.FuncDecl | ast.FuncLit)[] = [];
  readonly #contexts = new Map<Rule, GoContext>();
  readonly #visitChild = (child: ast.Node): void => this.#visit(child);

  constructor(input: WalkInput, handlers: readonly (readonly Handler[] | undefined)[], failed: Set<string>) {
    this.#input = input;
    this.#handlers = handlers;
    this.#failed = failed;
  }

  /** What the rules report in a declaration. */
  reportsIn(declaration: ast.Decl): readonly RuleReport[] {
    this.#reports = [];
    this.#declaration = declaration;
    this.#visit(declaration);
    return this.#reports;
  }

  #visit(node: ast.Node): void {
    const handlers = this.#handlers[node.kind];
    if (handlers) {
      for (const { rule, visit } of handlers) {
        if (this.#failed.has(rule.id)) continue;
        guarded(rule, this.#input, this.#failed, () => visit(node, this.#contextFor(rule)));
      }
    }
    if (this.#ancestors.length >= deepestNesting) return;
    const isFunction = node.kind === NodeKind.FuncDecl || node.kind === NodeKind.FuncLit;
    if (isFunction) this.#functions.push(node);
    this.#ancestors.push(node);
    forEachChild(node, this.#visitChild);
    this.#ancestors.pop();
    if (isFunction) this.#functions.pop();
  }

  #contextFor(rule: Rule): GoContext {
    let context = this.#contexts.get(rule);
    if (!context) {
      const ofFile = fileContext(this.#input, rule, (report) => this.#reports.push(report));
      context = new NodeContext(ofFile, () => this.#declaration!, this.#ancestors, this.#functions);
      this.#contexts.set(rule, context);
    }
    return context;
  }
}

/** A class and no literal: the engine keeps the getters of a literal, and what they know, for longer than the literal itself. */
class NodeContext implements GoContext {
  readonly file: GoFile;
  readonly package: GoPackage;
  readonly info: TypeInfo;
  readonly textOf: GoFileContext['textOf'];
  readonly commentsIn: GoFileContext['commentsIn'];
  readonly report: GoFileContext['report'];

  constructor(
    ofFile: GoFileContext,
    private readonly current: () => ast.Decl,
    readonly ancestors: readonly ast.Node[],
    private readonly functions: readonly (ast.FuncDecl | ast.FuncLit)[],
  ) {
    this.file = ofFile.file;
    this.package = ofFile.package;
    this.info = ofFile.info;
    this.textOf = ofFile.textOf;
    this.commentsIn = ofFile.commentsIn;
    this.report = ofFile.report;
  }

  get declaration(): ast.Decl {
    return this.current();
  }

  get enclosingFunction(): ast.FuncDecl | ast.FuncLit | undefined {
    return this.functions[this.functions.length - 1];
  }

  flow(): FunctionBody | undefined {
    const around = this.enclosingFunction;
    const body = around && lowerFunction(around, this.info, this.file);
    return body?.incomplete === false ? body : undefined;
  }
}

function fileContext(input: WalkInput, rule: Rule, add: (report: RuleReport) => void): GoFileContext {
  return {
    file: input.file,
    package: input.package,
    info: input.info,
    textOf: (node) => input.file.text.slice(node.pos, node.end),
    commentsIn: (start, end) => input.commentsIn(start, end),
    report: (report) => {
      add({ rule, path: input.file.path, report: checked(rule, report) });
    },
  };
}
