// What is found out about bodies stands at the bodies themselves: there are some dozens of kinds of facts, and a WeakMap for each would
// cost the garbage collector more than most of them took to find.

import type { FunctionBody } from './function-body.ts';

let kinds = 0;

/** One kind of facts about bodies, kept as long as the body is. */
export class BodyFacts<Fact extends object> {
  private readonly kind = kinds++;

  get(body: FunctionBody): Fact | undefined {
    return body.facts?.[this.kind] as Fact | undefined;
  }

  set(body: FunctionBody, fact: Fact): void {
    body.facts ??= new Array<object | undefined>(kinds).fill(undefined);
    body.facts[this.kind] = fact;
  }
}
