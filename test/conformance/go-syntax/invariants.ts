// What holds for the tree of any text, also of one that is not Go.

import { NodeKind } from '../../../server/src/go/syntax/ast.ts';
import type { File, Node } from '../../../server/src/go/syntax/ast.ts';
import { forEachChild } from '../../../server/src/go/syntax/walk.ts';
import { kindName, treeLines } from './tree.ts';

/** The first violation found, or undefined. */
export function violationIn(file: File, text: string): string | undefined {
  return violationBelow(file, text) ?? violationInLists(file, text);
}

function violationBelow(file: File, text: string): string | undefined {
  const stack: Node[] = [file];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const parent: Node = node;
    if (!(0 <= parent.pos && parent.pos <= parent.end && parent.end <= text.length)) return `${nameOf(parent)} has no span in the text`;
    for (const [name, value] of Object.entries(parent)) {
      if (typeof value !== 'number' || !positionNames.has(name)) continue;
      if (value < parent.pos || value > parent.end) return `${name} ${value} lies outside ${nameOf(parent)}`;
    }
    let before = parent.pos;
    let violation: string | undefined;
    forEachChild(parent, (child) => {
      stack.push(child);
      if (child.pos < parent.pos || child.end > parent.end) violation ??= `${nameOf(child)} lies outside ${nameOf(parent)}`;
      // As in go/ast, the type of a function starts at `func`, before the receiver and the name.
      if (parent.kind === NodeKind.FuncDecl && child === parent.type) {
        before = Math.max(before, child.end);
        return;
      }
      if (child.pos < before) violation ??= `${nameOf(child)} in ${nameOf(parent)} starts before ${before}`;
      before = child.end;
    });
    if (violation) return violation;
  }
  return undefined;
}

const positionNames = new Set(['lbrace', 'lbrack', 'lparen', 'opPos', 'arrow', 'tokenPos', 'colon', 'range']);

function violationInLists(file: File, text: string): string | undefined {
  if (file.recovered !== file.errors.length > 0) return `recovered is ${file.recovered} with ${file.errors.length} errors`;
  let before = -1;
  for (const { pos, message } of file.errors) {
    if (pos <= before || pos > text.length) return `error at ${pos} behind one at ${before}: ${message}`;
    before = pos;
  }
  before = 0;
  for (const { pos, end } of file.comments) {
    if (pos < before || end < pos + 2 || end > text.length) return `comment ${pos} ${end} behind ${before}`;
    if (!text.startsWith('//', pos) && !text.startsWith('/*', pos)) return `no comment at ${pos}`;
    before = end;
  }
  return undefined;
}

function nameOf(node: Node): string {
  return `${kindName(node.kind)} ${node.pos} ${node.end}`;
}

/** All that a file holds, as text. */
export function dump(file: File, text: string): string {
  const { errors, readings, clause, pos, end, recovered, comments } = file;
  return `${treeLines(file, text).join('\n')}\n${JSON.stringify({ errors, readings, clause, pos, end, recovered, comments })}`;
}
