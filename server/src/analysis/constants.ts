// Which values may be constants, told by a look at the operations: what the numbering of values (values.ts) finds out exactly
// costs many times as much, and most conditions are about what is not known.

import { BodyFacts } from '../model/body-facts.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';

/** Constants go through so many variables. */
const depthLimit = 3;

/** False if the number of a value (`Values.number`) is surely that of no constant. */
export function mayBeConstant(body: FunctionBody, operation: number, depth = 0): boolean {
  if (operation < 0) return false;
  switch (body.kind(operation)) {
    case Op.Constant:
    case Op.Zero:
      return true;
    case Op.Read:
      return depth > depthLimit || writesOf(body).valuesOf(body, body.a(operation)).some((value) => value === NONE || mayBeConstant(body, value, depth + 1));
    case Op.Narrow:
      return mayBeConstant(body, body.a(operation), depth);
    case Op.Extract:
      return body.kind(body.a(operation)) !== Op.Call;
    // A record or array of which a part is read.
    case Op.Aggregate:
      return true;
    default:
      return false;
  }
}

/** The values that a body writes, by where. */
class Writes {
  /** By variable, also of writes to parts of it. */
  private readonly byVariable = new Map<number, number[]>();
  /** By field, of what is reached through pointers. */
  private readonly byField = new Map<number, number[]>();
  private readonly toOthers: number[] = [];

  constructor(body: FunctionBody) {
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) !== Op.Write) continue;
      const place = body.a(operation);
      this.listFor(body, place).push(body.b(operation));
    }
  }

  /** The values that a place may hold because the body wrote them. */
  valuesOf(body: FunctionBody, place: number): readonly number[] {
    const variable = body.variableOf(place);
    const own = this.listFor(body, place);
    // What a pointer leads to may be a variable or a field.
    return variable === NONE || !isAddressed(body, variable) ? own : [...own, ...this.toOthers];
  }

  private listFor(body: FunctionBody, place: number): number[] {
    const variable = body.variableOf(place);
    const [lists, key] = variable !== NONE ? [this.byVariable, variable] : body.placeKind(place) === PlaceKind.Field ? [this.byField, body.placeB(place)] : [];
    if (!lists || key === undefined) return this.toOthers;
    let list = lists.get(key);
    if (!list) lists.set(key, (list = []));
    return list;
  }
}

function isAddressed(body: FunctionBody, variable: number): boolean {
  const { addressTaken, addressedFields } = body.unit.variables[variable]!;
  return addressTaken || addressedFields !== undefined;
}

const known = new BodyFacts<Writes>();

function writesOf(body: FunctionBody): Writes {
  let writes = known.get(body);
  if (!writes) known.set(body, (writes = new Writes(body)));
  return writes;
}
