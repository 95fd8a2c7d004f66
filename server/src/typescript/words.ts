// The words of a piece of a file, by their text. Pieces that an edit does not touch keep their nodes, and so their words.

import type ts from 'typescript';
import { addTo } from '../analysis/lists-by-key.ts';
import { compiler } from './compiler.ts';

/** A name in the text; those of private members begin with `#`. */
export type Name = ts.Identifier | ts.PrivateIdentifier;

/** Texts may be names, too: `map['key']`. */
export type Word = Name | ts.StringLiteralLike;

const wordsIn = new WeakMap<ts.Node, ReadonlyMap<string, readonly Word[]>>();

/** Each list in the order of the text. */
export function wordsOf(piece: ts.Node): ReadonlyMap<string, readonly Word[]> {
  const kept = wordsIn.get(piece);
  if (kept) return kept;
  const words = new Map<string, Word[]>();
  const visit = (node: ts.Node): void => {
    if (isName(node) || compiler.isStringLiteralLike(node)) addTo(words, node.text, node);
    compiler.forEachChild(node, visit);
  };
  visit(piece);
  wordsIn.set(piece, words);
  return words;
}

export function isName(node: ts.Node): node is Name {
  return compiler.isIdentifier(node) || compiler.isPrivateIdentifier(node);
}
