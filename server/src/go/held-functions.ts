// The functions that Go variables may hold (types/function-values.ts) as functions of a program.

import type { HeldFunction, Program } from '../model/program.ts';
import { calleeFor } from './lowering/context.ts';
import { lowerFunction } from './lowering/lower.ts';
import type { GoFile } from './packages/package.ts';
import { FunctionValues } from './types/function-values.ts';
import type { FunctionValue } from './types/function-values.ts';
import type { TypeInfo } from './types/info.ts';
import { ObjectKind } from './types/objects.ts';
import type { Obj } from './types/objects.ts';

/** Files of a program with their types: a library and its tests have types of their own. */
export interface ProgramPart {
  readonly files: readonly GoFile[];
  readonly info: TypeInfo;
}

/** Looks at the assignments of a package when it is first asked. */
export class HeldFunctions {
  private values: FunctionValues | undefined;
  private readonly known = new Map<object, readonly HeldFunction[] | undefined>();

  constructor(private readonly parts: readonly ProgramPart[], private readonly program: Pick<Program, 'functions' | 'implementersOf'>) {}

  /** @param origin the object of a variable or field */
  heldBy(origin: object): readonly HeldFunction[] | undefined {
    if (!this.known.has(origin)) this.known.set(origin, this.find(origin as Obj));
    return this.known.get(origin);
  }

  /** Functions that were seen to get into a variable or field, or into the container in it. */
  seenIn(origin: object, isElement: boolean): readonly HeldFunction[] {
    const object = origin as Obj;
    if (object.kind !== ObjectKind.Variable) return [];
    this.values ??= new FunctionValues(this.parts);
    return this.values.seenIn(object, isElement).flatMap((value) => this.functionsOf(value) ?? []);
  }

  private find(object: Obj): readonly HeldFunction[] | undefined {
    if (object.kind !== ObjectKind.Variable) return undefined;
    this.values ??= new FunctionValues(this.parts);
    const found: HeldFunction[] = [];
    for (const value of this.values.heldBy(object) ?? []) {
      const functions = this.functionsOf(value);
      if (!functions) return undefined;
      found.push(...functions);
    }
    return found.length > 0 ? found : undefined;
  }

  private functionsOf(value: FunctionValue): readonly HeldFunction[] | undefined {
    if (value.kind === 'literal') {
      const file = this.parts.find(({ info }) => info === value.info)?.files.find((each) => each.path === value.path);
      return file && [{ kind: 'closure', body: lowerFunction(value.literal, value.info, file) }];
    }
    const { isBound } = value;
    if (value.kind === 'interface') {
      return this.program.implementersOf(calleeFor(value.method.origin))?.map((each) => ({ kind: 'function', function: each, isBound }));
    }
    const callee = calleeFor(value.func);
    const known = callee.key === undefined ? undefined : this.program.functions.get(callee.key);
    return [known ? { kind: 'function', function: known, isBound } : { kind: 'external', callee, isBound }];
  }
}
