// os.Clearenv() in code that others call: the environment belongs to the whole process.

import { callsFunction } from '../../go/expressions.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type { GoDetector } from '../go-context.ts';

export const detectGo: GoDetector = {
  visit: {
    [NodeKind.CallExpr]: (call, context) => {
      // A program decides over its own environment, and tests put theirs in place.
      if (context.file.isTest || context.package.name === 'main' || !callsFunction(call, 'os', 'Clearenv', context.info)) return;
      context.report({ message: { id: 'wiped' }, span: { start: call.fun.pos, end: call.fun.end } });
    },
  },
};
