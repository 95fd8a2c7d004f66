// What code does, one small step after another. An operation has a number (its index in the body), a place in the text,
// and up to three operands. An operation that gives a value *is* that value: operands name the operation they come from.
// An operation runs after all operations it names, and is in a block that every path to its users goes through; values
// that meet where paths join go through a temporary variable.
//
// Memory is only touched by operations that say so. `c.m[k] = v` with a pointer c is four of them:
//
//   1  Read   variable c                      → the pointer
//   2  Read   field m of the target of 1      → the map
//   3  Read   variable k, 4 Read variable v
//   5  Write  element 3 of 2, value 4
//
// so that each operation is one access of one object, and `x := c.m; x[k] = v` ends in the same operation on the same value.
//
// Operands that are not given are `NONE`.

/** The operand that is not there. */
export const NONE = -1;

export const enum Op {
  /** Nothing. */
  None,

  // Values that touch no memory. -------------------------------------------------------------------------------------

  /** What the caller gave. a: index in the body's `parameters`. */
  Incoming,
  /** The zero value of its shape: nil for references. */
  Zero,
  /** a: index in the unit's constants. */
  Constant,
  /** A function written here; it captures the variables it names. a: index in the unit's bodies. */
  Closure,
  /** A named function as a value. a: index in the unit's callees, b: the receiver it is bound to. */
  FunctionValue,
  /** A new container. a: size or capacity hint for maps, length for lists, b: capacity of a list, c: list of key, value, key, value of a literal (keys may be NONE). */
  Make,
  /** A record or array made from parts. c: list of field, value, field, value; for arrays list of index value or NONE, value. */
  Aggregate,
  /** The address of new memory. a: its first value, NONE for zero. */
  Allocate,
  /** a: place. */
  AddressOf,
  /** One part of a tuple. a: tuple, b: which, from 0. */
  Extract,
  /** The same value seen as another type. a: value; with `CommaOk` a tuple of it and whether it is of that type. */
  Narrow,
  /** A new value in another representation, made from a. */
  Convert,
  /** a, b: operands, c: Operator. Reads nothing but its operands. */
  Compute,

  // Accesses. --------------------------------------------------------------------------------------------------------

  /** a: place. With `CommaOk` a tuple of the value and whether the element is there; c: the value's shape then. */
  Read,
  /** a: place, b: the new value. */
  Write,
  /** The number of elements. a: container. */
  Length,
  Capacity,
  /** A list with more elements; shares elements with a, or not. a: list, c: list of values; with `Spread` the last is a list of values. */
  Append,
  /** Part of a list or string, sharing its elements. a: list, string or pointer to array, c: list of low, high, max. */
  Slice,
  /** Overwrites elements of a with those of b. */
  CopyElements,
  /** a: container, b: key. c, of `list.splice(i, 1)`: the index, where elements move up and have no key. */
  Delete,
  /** Removes all elements; of lists: sets them to zero. a: container. */
  Clear,

  // Iteration: `Iterate` once before the loop, `Next` at its head. ----------------------------------------------------

  /** a: what is iterated: container, string, channel, number, or an iterator function. */
  Iterate,
  /** Whether there is another element. a: Iterate. On a channel it receives; on an iterator function it runs code of it. */
  Next,
  /** a: Next. */
  IterationKey,
  /** a: Next. */
  IterationValue,

  // Calls and control. -----------------------------------------------------------------------------------------------

  /**
   * a: index in the unit's callees, or NONE for a call of the function value b; c: list of arguments, the receiver
   * first if there is one. With `Deferred` or `Spawned` only the operands are used here: the call runs at the exits
   * (`RunDefers`), or in another task.
   */
  Call,
  /** a: channel, b: value. */
  Send,
  /** a: channel. With `CommaOk` a tuple. */
  Receive,
  /** a: channel. */
  Close,
  /** a: value. */
  Panic,
  /** c: list of results. The deferred calls run after it. */
  Return,
  /** Every deferred call that was reached runs, last first. */
  RunDefers,
  /**
   * Lets other activations on the same thread run before what follows: await, yield, the turns of for await. a: what is
   * awaited or yielded, or NONE. Its value is what comes back.
   */
  Suspend,
  /** Code that is not understood. It may do anything to its operands (c: list) and to all memory that others can reach. */
  Opaque,
}

export const enum Operator {
  Equal,
  NotEqual,
  Less,
  LessOrEqual,
  Greater,
  GreaterOrEqual,
  Not,
  Add,
  Subtract,
  Multiply,
  Divide,
  Remainder,
  And,
  Or,
  Xor,
  AndNot,
  ShiftLeft,
  ShiftRight,
  Negate,
  Complement,
  /** Whether a value is of a type; tests of different types are different values. */
  IsOfType,
  /** Another pure function of its operands; two of them are different values. */
  Other,
}

/** Properties of an operation, to be combined with `|`. */
export const enum Flag {
  None = 0,
  /** Write: the variable begins to exist here, so nothing is overwritten. */
  Define = 1,
  /** Write: the new value was computed from the old one: `x += 1`. */
  Update = 2,
  /** Read, Narrow, Receive: the value is a tuple of it and a boolean. */
  CommaOk = 4,
  Deferred = 8,
  Spawned = 16,
  /** Call, Append: the last argument is a list of arguments. */
  Spread = 32,
  /** Call: argument 0 is a receiver. */
  HasReceiver = 64,
  /** Send, Receive: one case of a choice. */
  Chosen = 128,
  /** Write of a zero value that the source does not spell: `var x int`, an unnamed result. */
  Implicit = 256,
}

/** A part of memory that an operation reads, writes or takes the address of. */
export const enum PlaceKind {
  /** a: index in the unit's variables. */
  Variable,
  /** What a pointer points to. a: the pointer's value. */
  Target,
  /** An element of a container. a: the container's value, b: the key's value. */
  Element,
  /** Part of another place. a: place, b: index in the unit's fields. */
  Field,
  /** Element of an array stored in place. a: place, b: the index' value. */
  Index,
}
