// A handler that nobody can call again while it works:
//
//   button.addEventListener('click', async () => {
//     button.disabled = true;
//     await send();
//   });

import type { Callee, Constant } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { comesBefore } from '../graph.ts';
import { reaches } from './dependence.ts';
import type { AsyncProgram, Point } from './program.ts';

/** True if a function runs for nothing but clicks on a control, which it disables before a suspension and not before an operation enables. */
export function isDisabledMeanwhile(program: AsyncProgram, at: Point, suspension: number): boolean {
  const { file, function: of } = at;
  const { body } = of;
  const switches = switchesIn(at);
  return switches.some(({ operation, control, disables }) => {
    if (!disables || !comesBefore(body, operation, suspension)) return false;
    const isEnabled = switches.some((each) => !each.disables && reaches(body, operation, each.operation) && (reaches(body, each.operation, suspension) || reaches(body, each.operation, at.operation)));
    return !isEnabled && isHandlerOf(program, at, { file, function: of, operation: control });
  });
}

interface Switch {
  readonly operation: number;
  /** The value that is the control. */
  readonly control: number;
  readonly disables: boolean;
}

function switchesIn({ file, function: { body } }: Point): readonly Switch[] {
  const found: Switch[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Write || body.placeKind(body.a(operation)) !== PlaceKind.Field) continue;
    const place = body.a(operation);
    const target = body.placeA(place);
    if (!file.unit.fields[body.placeB(place)]!.disables || body.placeKind(target) !== PlaceKind.Target) continue;
    const value = body.b(operation);
    found.push({ operation, control: body.placeA(target), disables: value !== NONE && body.constantOf(value) === true });
  }
  return found;
}

/** True if all that is done with a function is to make it a listener for clicks on a control. */
function isHandlerOf(program: AsyncProgram, { file, function: of }: Point, control: Point): boolean {
  if (of.isExported || (of.kind !== 'closure' && program.callsOf(of).length > 0)) return false;
  const uses = of.kind === 'closure' ? program.startsOf(file, of).map((start) => (start.kind === 'call' ? start.at : undefined)) : program.valuesOf(of).map((value) => callWith(value));
  return uses.length > 0 && uses.every((use) => use !== undefined && isClickOn(program, use, control));
}

/** The call that a value is an argument of. */
function callWith({ file, function: of, operation: value }: Point): Point | undefined {
  for (let operation = value + 1; operation < of.body.operationCount; operation++) {
    if (of.body.kind(operation) === Op.Call && of.body.list(operation).includes(value)) return { file, function: of, operation };
  }
  return undefined;
}

function isClickOn(program: AsyncProgram, call: Point, control: Point): boolean {
  const { body } = call.function;
  const callee = body.calleeOf(call.operation);
  if (callee?.kind !== 'builtin' || callee.listens !== true || !body.has(call.operation, Flag.HasReceiver)) return false;
  const [receiver = NONE, event = NONE] = body.list(call.operation);
  return event !== NONE && body.constantOf(event) === 'click' && isOneControl(program, { ...call, operation: receiver }, control);
}

/** The same value of one activation, or what the page has under one name. */
function isOneControl(program: AsyncProgram, a: Point, b: Point): boolean {
  const [x, y] = [program.source(a), program.source(b)];
  if (x.function === y.function && x.operation === y.operation) return true;
  const id = idOf(program, x);
  return id !== undefined && id === idOf(program, y);
}

/** `document.getElementById('send')`, also through a function that does no more than that: the constant it is asked with. */
function idOf(program: AsyncProgram, call: Point): Constant {
  const { body } = call.function;
  if (body.kind(call.operation) !== Op.Call) return undefined;
  const callee = body.calleeOf(call.operation);
  const given = body.list(call.operation);
  const asked = isLookUp(callee) ? given[1] : given[parameterAskedWith(program, functionCalled(program, call))];
  if (asked === undefined || asked === NONE) return undefined;
  const id = program.source({ ...call, operation: asked });
  return id.function.body.constantOf(id.operation);
}

function isLookUp(callee: Callee | undefined): boolean {
  return callee?.kind === 'builtin' && callee.name === 'Document.getElementById';
}

function functionCalled(program: AsyncProgram, { file, function: of, operation }: Point): Point | undefined {
  const declared = program.functionOf(of.body.calleeOf(operation)?.origin);
  if (declared || of.body.b(operation) === NONE) return declared;
  const value = program.resolve({ file, function: of, operation: of.body.b(operation) });
  const closure = value.function.body.kind(value.operation) === Op.Closure ? value.file.functions[value.function.body.a(value.operation)] : undefined;
  return closure && { file: value.file, function: closure, operation: NONE };
}

/** The position of the parameter under whose name a function looks, and returns what it finds; NONE for other functions. */
function parameterAskedWith(program: AsyncProgram, called: Point | undefined): number {
  const body = called?.function.body;
  if (!called || !body) return NONE;
  const returns = Array.from({ length: body.operationCount }, (_, operation) => operation).filter((operation) => body.kind(operation) === Op.Return);
  const value = returns.length === 1 ? (body.list(returns[0]!)[0] ?? NONE) : NONE;
  const found = value === NONE ? undefined : program.source({ ...called, operation: value });
  if (!found || found.function !== called.function || body.kind(found.operation) !== Op.Call || !isLookUp(body.calleeOf(found.operation))) return NONE;
  const asked = body.list(found.operation)[1] ?? NONE;
  if (asked === NONE || body.kind(asked) !== Op.Read || body.placeKind(body.a(asked)) !== PlaceKind.Variable) return NONE;
  return body.parameters.indexOf(body.placeA(body.a(asked)));
}
