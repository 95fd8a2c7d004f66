// What rules ask about the flow of a function, over the model and nothing else. Get a body from a front end
// (`lowerFunction` of go/lowering), look at its operations (model/operations.ts), and ask:
//
//   graphOf(body)                                control flow: order of blocks, predecessors, dominators
//     .blockOf(op) .dominates(a, b) .postDominates(b, a)
//   walkForward(body, op, visit)                 what may run after an operation, until a visit says Stop or Found
//   walkBackward(body, op, visit, atEntry)       what may have run before it; undefined if a bound was reached
//
//   valuesOf(body)                               which values are the same (one number each)
//     .number(op)                                the value an operation gives; of a Write: what it overwrites
//     .relation(x, y)                            'same' | 'different' | 'unknown': do two values refer to one object
//     .isNil(x) .creation(x) .incoming(x)        nil; the Make or Allocate that made it; the parameter it came in by
//     .alternatives(x)                           the values that a joined value may be
//     .constantNumber(x) .origin(x)
//
//   isDeadStore(body, write)                     nobody can see what was assigned
//   isReset(body, write) makesEmpty(body, make)  a new empty container or nil is assigned; is made
//   conditionsAt(body, op)                       conditions that every path there passed, and how they came out
//   isNilAt(body, x, op) wasEmptyAt(body, x, op) what such conditions say about a value
//   emptinessAt(body, container, op)             'nil' | 'empty' | undefined
//   isPresentAt(body, container, key, op)        a lookup proved that the key is there
//   mayComeBefore(body, op, next, fits)          something that fits may run earlier in the same iteration
//   exposes(body, op, isIt)                      an operation lets other code reach an object
//
//   loopsAround(body, op) isInLoop(body, op, loop) loopOfIteration(body, op)
//   mayIterateAfter(body, op, loop)              the loop may go on after an operation (no break or return on every path)
//   iterationCount(body, loop)                   how often it runs, if that is constant
//
// and of model/accesses.ts: `containerOf`, `accessOf`, `keyOf`, `replacesContainer`.
//
// Operations are numbers (their index in the body), and so are values; do not mix them up: functions say which they take.
// Everything answers "unknown" (undefined, false for a proof, 'unknown') in doubt, in code that cannot be reached, and for
// a body that is `incomplete`.

export { Graph, graphOf } from './graph.ts';
export { Walk, walkBackward, walkForward } from './walk.ts';
export { Values, valuesOf } from './values.ts';
export type { Relation } from './values.ts';
export { isDeadStore, isReset, makesEmpty } from './stores.ts';
export { conditionsAt, isNilAt, wasEmptyAt } from './conditions.ts';
export type { Passed } from './conditions.ts';
export { emptinessAt, exposes, isPresentAt, mayComeBefore } from './contents.ts';
export { isInLoop, iterationCount, loopOfIteration, loopsAround, mayIterateAfter } from './loops.ts';
