// Modules are loaded once however often they are asked for: to wait for one again does nothing again.

import type { FunctionBody } from '../../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Access } from './cells.ts';
import { reaches } from './dependence.ts';
import { suspensionsOf } from './program.ts';
import type { AsyncProgram, Point } from './program.ts';

/** `if (loaded) return; await import('./plugins'); loaded = true;`: between a test and the constant that is set, nothing is done but load modules. */
export function loadsOnly(program: AsyncProgram, read: Access, write: Access): boolean {
  const { file, function: of } = write;
  const { body } = of;
  if (write.through || write.value === NONE || body.kind(write.value) !== Op.Constant) return false;
  const isBetween = (operation: number): boolean => reaches(body, read.operation, operation) && reaches(body, operation, write.operation);
  const waits = suspensionsOf(of).filter(isBetween);
  if (waits.length === 0 || !waits.every((each) => isLoading(program, { file, function: of, operation: body.a(each) }))) return false;
  for (let operation = 0; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    if (kind !== Op.Call && kind !== Op.Write && kind !== Op.Append && kind !== Op.Delete && kind !== Op.Clear && kind !== Op.Opaque) continue;
    if (operation === write.operation || !isBetween(operation)) continue;
    if (kind === Op.Call ? !isHarmless(program, { file, function: of, operation }) : kind !== Op.Write || !isOwnVariable(write, body, operation)) return false;
  }
  return true;
}

function isHarmless(program: AsyncProgram, at: Point): boolean {
  return at.function.body.calleeOf(at.operation)?.kind === 'builtin' || isLoading(program, at);
}

function isOwnVariable({ file, function: of }: Access, body: FunctionBody, write: number): boolean {
  const place = body.a(write);
  return body.placeKind(place) === PlaceKind.Variable && file.unit.variables[body.placeA(place)]!.owner === of.body.index;
}

/** True for a call of `import()`. */
export function isImport(body: FunctionBody, operation: number): boolean {
  return builtinCalled(body, operation) === 'import';
}

/** The name of what the language or its library has, where that is called; a function of the program may have the same name. */
function builtinCalled(body: FunctionBody, operation: number): string | undefined {
  const callee = body.kind(operation) === Op.Call ? body.calleeOf(operation) : undefined;
  return callee?.kind === 'builtin' ? callee.name : undefined;
}

/** True for the promise of a module, and of several. */
function isLoading(program: AsyncProgram, value: Point, depth = 0): boolean {
  if (value.operation === NONE || depth > deepest) return false;
  const at = program.source(value);
  const { body } = at.function;
  if (body.kind(at.operation) !== Op.Call) return false;
  if (isImport(body, at.operation)) return true;
  const name = builtinCalled(body, at.operation);
  const given = body.list(at.operation);
  if (name === 'PromiseConstructor.all' || name === 'PromiseConstructor.allSettled') return given[1] !== undefined && isListOfLoads(program, { ...at, operation: given[1] }, depth + 1);
  return name === undefined && isFromGlob(program, { ...at, operation: body.b(at.operation) });
}

const deepest = 3;

function isListOfLoads(program: AsyncProgram, value: Point, depth: number): boolean {
  const at = program.source(value);
  const { body } = at.function;
  const list = body.list(at.operation);
  if (body.kind(at.operation) === Op.Make) return list.every((each, i) => i % 2 === 0 || isLoading(program, { ...at, operation: each }, depth));
  // `paths.map((path) => import(path))`
  if (builtinCalled(body, at.operation) !== 'map' || list[1] === undefined) return false;
  const given = program.source({ ...at, operation: list[1] });
  const closure = given.function.body.kind(given.operation) === Op.Closure ? at.file.functions[given.function.body.a(given.operation)] : undefined;
  return closure !== undefined && returnsLoad(program, { ...at, function: closure, operation: NONE }, depth);
}

function returnsLoad(program: AsyncProgram, closure: Point, depth: number): boolean {
  const { body } = closure.function;
  let loads = false;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Call && !isHarmless(program, { ...closure, operation })) return false;
    if (body.kind(operation) !== Op.Return) continue;
    const [value = NONE] = body.list(operation);
    if (!isLoading(program, { ...closure, operation: value }, depth)) return false;
    loads = true;
  }
  return loads;
}

/** `modules[path]` of `const modules = import.meta.glob('./plugins/*')`. */
function isFromGlob(program: AsyncProgram, value: Point): boolean {
  if (value.operation === NONE) return false;
  const at = program.source(value);
  const { body } = at.function;
  if (body.kind(at.operation) !== Op.Read || body.placeKind(body.a(at.operation)) !== PlaceKind.Element) return false;
  const from = program.source({ ...at, operation: body.placeA(body.a(at.operation)) });
  return builtinCalled(from.function.body, from.operation) === 'import.meta.glob';
}
