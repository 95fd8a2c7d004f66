import { isNewHere } from '../../analysis/concurrency/new-objects.ts';
import { unparen, isBlank, isPure, functionCalled, calledName } from '../../go/expressions.ts';
import { lockCopiedBy, lockHeldIn } from '../../go/lock-copies.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { Token } from '../../go/syntax/token.ts';
import { walk } from '../../go/syntax/walk.ts';
import { BuiltinId, ObjectKind } from '../../go/types/objects.ts';
import type { Func, Obj } from '../../go/types/objects.ts';
import { underlying } from '../../go/types/predicates.ts';
import { typeStringIn } from '../../go/types/type-string.ts';
import { TypeKind } from '../../go/types/types.ts';
import type { Type } from '../../go/types/types.ts';
import type { GoFile } from '../../go/packages/package.ts';
import { Op, PlaceKind } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { textAt } from '../go-places.ts';
import type { Fix, MessageArguments, Report } from '../rule.ts';
import type { Span } from '../../text/span.ts';

/** Since this version a three-part loop has variables of its own in each round. */
const roundVariables = 22;

/** A node, or more than one. */
type Stretch = { readonly pos: number; readonly end: number };

// A value with a lock in it that is copied:
//
//   func (c Cache) Get(k string) int { c.mu.Lock(); … }
//   for _, shard := range shards { shard.mu.Lock(); … }
//   snapshot := *c
export const detectGo: GoDetector = {
  program(context) {
    for (const file of context.package.ownFiles) if (!file.generated) new FileCopies(context, file).report();
    reportGiven(context);
  },
};

class FileCopies {
  constructor(
    private readonly context: GoProgramContext,
    private readonly file: GoFile,
  ) {}

  report(): void {
    for (const declaration of this.file.syntax.decls) {
      walk(declaration, (node) => {
        this.look(node);
      });
    }
  }

  private look(node: ast.Node): void {
    switch (node.kind) {
      case NodeKind.FuncDecl:
        this.receiver(node);
        return this.parameters(node.type);
      case NodeKind.FuncLit:
        return this.parameters(node.type);
      case NodeKind.RangeStmt:
        this.rangeVariable(node.key, node);
        return this.rangeVariable(node.value, node);
      case NodeKind.ForStmt:
        return this.roundVariables(node);
      case NodeKind.AssignStmt:
        return node.rhs.forEach((each, i) => {
          const target = node.lhs[i];
          // What is thrown away is no copy that anybody could lock.
          if (!target || !isBlank(target)) this.value(each, target);
        });
      case NodeKind.ValueSpec:
      case NodeKind.ReturnStmt:
        return (node.kind === NodeKind.ValueSpec ? node.values : node.results).forEach((each) => this.value(each));
      case NodeKind.CompositeLit:
        return node.elts.forEach((each) => this.value(each.kind === NodeKind.KeyValueExpr ? each.value : each));
      case NodeKind.CallExpr:
        return this.call(node);
      case NodeKind.SendStmt: {
        const lock = lockCopiedBy(node.value, this.context.info);
        // go vet does not look at what is sent.
        if (lock) this.add({ message: { id: 'sent', arguments: { what: this.text(node.value), lock: this.name(lock) } }, span: node.value });
        return;
      }
    }
  }

  /** @param target what it is assigned to, if it is one */
  private value(expression: ast.Expr, target?: ast.Expr): void {
    const lock = lockCopiedBy(expression, this.context.info);
    if (!lock || this.isOfNewObject(expression)) return;
    const subject = target && { pos: target.pos, end: expression.end };
    this.add({ message: { id: 'value', arguments: { what: this.text(expression), lock: this.name(lock) } }, span: expression, ...(subject && { subject }), shownByVet: true });
  }

  /** `d := decode(); *c = *d`: what is copied is an object that nobody else has, and its lock is free. */
  private isOfNewObject(expression: ast.Expr): boolean {
    if (unparen(expression).kind !== NodeKind.StarExpr) return false;
    const { program } = this.context;
    for (const { path, body: first } of program.functions.values()) {
      if (path !== this.file.path || expression.pos < first.span.start || expression.end > first.span.end) continue;
      for (const body of first.unit.bodies) {
        for (let operation = 0; operation < body.operationCount; operation++) {
          if (body.kind(operation) !== Op.Read || body.start(operation) !== expression.pos || body.end(operation) !== expression.end) continue;
          const place = body.a(operation);
          return body.placeKind(place) === PlaceKind.Target && isNewHere(program, body, body.placeA(place));
        }
      }
    }
    return false;
  }

  private call(call: ast.CallExpr): void {
    const { info } = this.context;
    const builtin = builtinOf(call, info.useOf.bind(info));
    if (builtin === BuiltinId.Len || builtin === BuiltinId.Cap || builtin === BuiltinId.UnsafeSizeof || builtin === BuiltinId.UnsafeOffsetof || builtin === BuiltinId.UnsafeAlignof) return;
    call.args.forEach((each) => this.value(each));
    const copied = elementsCopied(call, builtin, this.context);
    if (!copied) return;
    const elements = underlying(info.typeOf(copied));
    const lock = elements.kind === TypeKind.Slice || elements.kind === TypeKind.Map ? lockHeldIn(elements.elem) : undefined;
    if (lock) this.add({ message: { id: 'elements', arguments: { what: this.text(copied), lock: this.name(lock) } }, span: copied, plausible: true });
  }

  private receiver(declaration: ast.FuncDecl): void {
    const [field] = declaration.recv?.list ?? [];
    const type = field && this.typeOf(field.type);
    const lock = type && lockHeldIn(type);
    if (!field || !lock) return;
    const [name] = field.names;
    const values = { name: name?.name ?? this.text(field.type), type: this.text(field.type), method: declaration.name.name, lock: this.name(lock) };
    const fix = name && this.receiverFix(declaration, field, values);
    this.add({ message: { id: 'receiver', arguments: values }, span: field.type, subject: name ?? field.type, shownByVet: true, fixes: fix ? [fix] : [] });
  }

  /** A receiver of which only parts are used, and methods called, may be a pointer as well. */
  private receiverFix({ body }: ast.FuncDecl, { names, type }: ast.Field, values: MessageArguments): Fix | undefined {
    const [name] = names;
    const object = name && this.context.info.definitionOf(name);
    if (!body || (object && !onlyPartsUsed(body, object, this.context))) return undefined;
    return { title: { id: 'fix-receiver' }, safe: false, caution: { id: 'caution-receiver', arguments: { type: values['type']! } }, edits: [{ start: type.pos, end: type.pos, newText: '*' }] };
  }

  private parameters(type: ast.FuncType): void {
    for (const field of type.params.list) {
      // A variadic parameter is a list.
      if (field.type.kind === NodeKind.Ellipsis) continue;
      const declared = this.typeOf(field.type);
      const lock = declared && lockHeldIn(declared);
      if (!lock) continue;
      const [name] = field.names;
      this.add({
        message: { id: 'parameter', arguments: { name: name?.name ?? this.text(field.type), type: this.text(field.type), lock: this.name(lock) } },
        span: field.type,
        subject: name ?? field.type,
        shownByVet: true,
      });
    }
  }

  private rangeVariable(variable: ast.Expr | undefined, loop: ast.RangeStmt): void {
    if (!variable || isBlank(variable)) return;
    const { info } = this.context;
    const object = loop.token === Token.DEFINE && variable.kind === NodeKind.Ident ? info.definitionOf(variable) : undefined;
    const type = object?.kind === ObjectKind.Variable ? object.type : loop.token === Token.DEFINE ? undefined : info.typeOf(variable);
    const lock = type && lockHeldIn(type);
    if (!lock) return;
    const name = this.text(variable);
    const fix = object && variable === loop.value ? this.rangeFix(loop, object) : undefined;
    this.add({ message: { id: 'range', arguments: { name, lock: this.name(lock) } }, span: variable, shownByVet: true, fixes: fix ? [fix] : [] });
  }

  // for _, s := range shards { s.mu.Lock() }   →   for i := range shards { s := &shards[i]; s.mu.Lock() }
  private rangeFix({ key, value, x, body }: ast.RangeStmt, object: Obj): Fix | undefined {
    const { info } = this.context;
    const list = underlying(info.typeOf(x));
    const first = body.list[0];
    if (value?.kind !== NodeKind.Ident || !first || !isPure(x, info) || !onlyPartsUsed(body, object, this.context)) return undefined;
    if (list.kind !== TypeKind.Slice && !(list.kind === TypeKind.Array && info.modeOf(x) === 'variable')) return undefined;
    const line = this.file.text.lastIndexOf('\n', first.pos - 1) + 1;
    const indentation = this.file.text.slice(line, first.pos);
    if (indentation.trim() !== '' || line <= body.pos) return undefined;
    const index = key && !isBlank(key) ? this.text(key) : freeIndex(this.file.syntax, first.pos, info.lookup.bind(info));
    if (index === undefined) return undefined;
    return {
      title: { id: 'fix-range' },
      safe: false,
      caution: { id: 'caution-range', arguments: { name: value.name } },
      edits: [
        { start: key ? key.pos : value.pos, end: value.end, newText: index },
        { start: first.pos, end: first.pos, newText: `${value.name} := &${this.file.text.slice(x.pos, x.end)}[${index}]\n${indentation}` },
      ],
    };
  }

  private roundVariables({ init }: ast.ForStmt): void {
    const version = this.file.languageVersion?.version;
    if (init?.kind !== NodeKind.AssignStmt || init.token !== Token.DEFINE || version === undefined || version < roundVariables) return;
    for (const each of init.lhs) {
      if (each.kind !== NodeKind.Ident || isBlank(each)) continue;
      const object = this.context.info.definitionOf(each);
      const lock = object?.kind === ObjectKind.Variable ? lockHeldIn(object.type) : undefined;
      // The assignment was said already.
      if (lock && !init.rhs.some((value) => lockCopiedBy(value, this.context.info))) this.add({ message: { id: 'round', arguments: { name: each.name, lock: this.name(lock) } }, span: each, shownByVet: true });
    }
  }

  private typeOf(expression: ast.Expr): Type | undefined {
    const { info } = this.context;
    return info.modeOf(expression) === 'type' ? info.typeOf(expression) : undefined;
  }

  private text(stretch: Stretch): string {
    return textAt({ path: this.file.path, span: spanOf(stretch) }, this.context);
  }

  private name(type: Type): string {
    return typeStringIn(this.context.package.path, type);
  }

  private add({ span, subject, ...report }: Omit<Report, 'span' | 'subject'> & { readonly span: Stretch; readonly subject?: Stretch }): void {
    this.context.report(this.file.path, { ...report, span: spanOf(span), ...(subject && { subject: spanOf(subject) }) });
  }
}

function spanOf({ pos, end }: Stretch): Span {
  return { start: pos, end };
}

function builtinOf(call: ast.CallExpr, useOf: (identifier: ast.Ident) => Obj | undefined): BuiltinId | undefined {
  const fun = unparen(call.fun);
  const name = fun.kind === NodeKind.Ident ? fun : fun.kind === NodeKind.SelectorExpr ? fun.sel : undefined;
  const object = name && useOf(name);
  return object?.kind === ObjectKind.Builtin ? object.id : undefined;
}

const elementCopies: ReadonlyMap<string, readonly string[]> = new Map([
  ['Clone', ['slices', 'maps']],
  ['Collect', []],
  ['Copy', ['maps']],
]);

/** The container whose elements a call copies to another one, or undefined. Moving elements within one list is no copy. */
function elementsCopied(call: ast.CallExpr, builtin: BuiltinId | undefined, { info }: GoProgramContext): ast.Expr | undefined {
  const [first, second] = call.args;
  if (builtin === BuiltinId.Copy && first && second) return rootOf(first, info.useOf.bind(info)) === rootOf(second, info.useOf.bind(info)) ? undefined : second;
  if (builtin === BuiltinId.Append && call.ellipsis && first && second) return call.args.length === 2 && rootOf(first, info.useOf.bind(info)) !== rootOf(second, info.useOf.bind(info)) ? second : undefined;
  const packages = elementCopies.get(calledName(call) ?? '');
  if (!packages) return undefined;
  const func = functionCalled(call, info);
  if (func?.packagePath === undefined || !packages.includes(func.packagePath)) return undefined;
  return func.name === 'Copy' ? second : first;
}

/** The variable or field that a list was cut out of; undefined for others, which are equal to nothing. */
function rootOf(expression: ast.Expr, useOf: (identifier: ast.Ident) => Obj | undefined): Obj | object {
  let at = unparen(expression);
  while (at.kind === NodeKind.SliceExpr) at = unparen(at.x);
  const name = at.kind === NodeKind.Ident ? at : at.kind === NodeKind.SelectorExpr ? at.sel : undefined;
  return (name && useOf(name)) ?? at;
}

/** True if a variable is used as `x.part` only: then it may be a pointer as well. */
function onlyPartsUsed(body: ast.BlockStmt, object: Obj, { info }: GoProgramContext): boolean {
  const parts = new Set<ast.Node>();
  let holds = true;
  walk(body, (node) => {
    if (node.kind === NodeKind.SelectorExpr) parts.add(node.x);
    if (node.kind === NodeKind.Ident && info.useOf(node) === object && !parts.has(node)) holds = false;
  });
  return holds;
}

function freeIndex(file: ast.File, offset: number, lookup: (name: string, file: ast.File, offset: number) => Obj | undefined): string | undefined {
  return ['i', 'j', 'k', 'index'].find((name) => lookup(name, file, offset) === undefined);
}

/** `x := *f()` where f gives what somebody else goes on using. go vet accepts it: a call may give something new. */
function reportGiven(context: GoProgramContext): void {
  for (const each of context.program.functions.values()) {
    const file = context.file(each.path);
    if (!file || each.generated || !context.package.ownFiles.includes(file)) continue;
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) !== Op.Read || body.shape(operation) !== Shape.Record) continue;
        const place = body.a(operation);
        const call = body.placeA(place);
        if (body.placeKind(place) !== PlaceKind.Target || body.kind(call) !== Op.Call) continue;
        const callee = body.calleeOf(call);
        const result = callee && context.program.summaryOf(callee)?.results[0];
        if (!callee || result === undefined || result.startsWith('new')) continue;
        const given = (callee.origin as Func | undefined)?.signature?.results.vars[0]?.type;
        const pointer = given && underlying(given);
        const lock = pointer?.kind === TypeKind.Pointer ? lockHeldIn(pointer.elem) : undefined;
        if (!lock) continue;
        const span = body.spanOf(operation);
        context.report(each.path, {
          message: { id: 'given', arguments: { what: textAt({ path: each.path, span }, context), function: callee.name, lock: typeStringIn(context.package.path, lock) } },
          span,
        });
      }
    }
  }
}
