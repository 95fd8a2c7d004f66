import assert from 'node:assert/strict';
import test from 'node:test';
import { Scanner } from './scanner.ts';
import { Token, tokenText } from './token.ts';

interface Scanned {
  readonly tokens: string[];
  readonly errors: string[];
  readonly scanner: Scanner;
}

/** Tokens as `text@pos`; an automatic semicolon as `newline@pos`. */
function scan(text: string): Scanned {
  const errors: string[] = [];
  const scanner = new Scanner(text, (pos, message) => errors.push(`${pos} ${message}`));
  const tokens: string[] = [];
  for (scanner.scan(); scanner.token !== Token.EOF; scanner.scan()) {
    const named = scanner.token >= Token.IDENT && scanner.token <= Token.STRING;
    const word = scanner.automatic ? 'newline' : named ? `${tokenText(scanner.token)}(${scanner.literal})` : tokenText(scanner.token);
    tokens.push(`${word}@${scanner.pos}`);
    assert.ok(tokens.length < 1000, 'scanner does not end');
  }
  return { tokens, errors, scanner };
}

function tokensOf(text: string): string[] {
  const { tokens, errors } = scan(text);
  assert.deepEqual(errors, []);
  return tokens;
}

function errorsOf(text: string): string[] {
  return scan(text).errors;
}

test('scanner: every operator and keyword is read as itself', () => {
  for (let token: number = Token.ADD; token < Token.ILLEGAL; token++) {
    const text = tokenText(token);
    const [first] = tokensOf(`${text} `);
    assert.equal(first, `${text}@0`);
  }
});

test('scanner: the longest operator wins', () => {
  assert.deepEqual(tokensOf('a<<=b&^=c<-d...e..f'), ['IDENT(a)@0', '<<=@1', 'IDENT(b)@4', '&^=@5', 'IDENT(c)@8', '<-@9', 'IDENT(d)@11', '...@12', 'IDENT(e)@15', '.@16', '.@17', 'IDENT(f)@18', 'newline@19']);
});

test('scanner: semicolons are inserted behind names, literals, some keywords, closing brackets, ++ and --', () => {
  for (const text of ['x', '1', '1.5', "'a'", '"s"', '`r`', 'break', 'continue', 'fallthrough', 'return', '++', '--', ')', ']', '}']) {
    assert.match(tokensOf(`${text}\n`).at(-1)!, /^newline/, text);
    assert.match(tokensOf(text).at(-1)!, /^newline/, `${text} at the end`);
  }
  for (const text of ['if', 'func', 'goto', '(', '{', ',', '+', ':=', '.']) assert.doesNotMatch(tokensOf(`${text}\n`).at(-1)!, /^newline/, text);
});

test('scanner: a comment with a line break counts as one, one without as a blank', () => {
  assert.deepEqual(tokensOf('a /* x */ b'), ['IDENT(a)@0', 'IDENT(b)@10', 'newline@11']);
  assert.equal(tokensOf('a /* \n */ b').length, 4);
  assert.equal(tokensOf('a // x\nb').length, 4);
  assert.equal(tokensOf('a /* x */ /* y */\nb').length, 4);
});

test('scanner: a carriage return does not belong to a line comment', () => {
  const { scanner } = scan('a // x\r\nb /* y\r\n */\r\n');
  assert.deepEqual(scanner.comments, [{ pos: 2, end: 6 }, { pos: 10, end: 19 }]);
});

test('scanner: names are letters and digits of any script, beyond the basic plane too', () => {
  assert.deepEqual(tokensOf('été 名前2 𝒳y _x٣'), ['IDENT(été)@0', 'IDENT(名前2)@4', 'IDENT(𝒳y)@8', 'IDENT(_x٣)@12', 'newline@15']);
  assert.deepEqual(errorsOf('٣'), ['0 illegal character U+0663']);
});

test('scanner: numbers', () => {
  for (const text of ['0', '42', '1_000', '0x_1F', '0b1_0', '0o17', '0O17', '017', '0X1p-2', '0x1.8p1', '.5', '1.', '1e9', '1E+9', '1i', '0b1i', '089i', '089.5', '1_0.2_5e1_0', '0x.8p0']) {
    const { tokens, errors } = scan(text);
    assert.deepEqual(errors, [], text);
    assert.equal(tokens.length, 2, text);
  }
});

test('scanner: numbers that are none', () => {
  for (const text of ['089', '0b12', '0o8', '0x', '0b', '1e', '1e+', '0x1.8', '0b1.0', '0b1e3', '1p3', '1_', '1__0', '0_x1', '0x1_', '1_.5', '1._5', '0b_', '0x1p_1']) {
    assert.equal(errorsOf(text).length > 0, true, text);
  }
});

test('scanner: escapes', () => {
  assert.deepEqual(errorsOf(String.raw`"\a\b\f\n\r\t\v\\\"\000\377\x00\xFF\u1234\U0010FFFF" '\'' '\\' '\u00e9' '𝒳' 'é'`), []);
  for (const text of [String.raw`"\q"`, String.raw`"\'"`, String.raw`'\"'`, String.raw`"\400"`, String.raw`"\xg0"`, String.raw`"\ud800"`, String.raw`"\U00110000"`, String.raw`"\08"`]) {
    assert.equal(errorsOf(text).length, 1, text);
  }
});

test('scanner: runes hold one character', () => {
  assert.deepEqual(errorsOf("''"), ['0 empty rune literal']);
  assert.deepEqual(errorsOf("'ab'"), ['0 more than one character in rune literal']);
});

test('scanner: what is not terminated ends with its line or the text', () => {
  const { tokens, errors } = scan('"a\nb');
  assert.deepEqual(tokens, ['STRING("a)@0', 'newline@2', 'IDENT(b)@3', 'newline@4']);
  assert.deepEqual(errors, ['0 string literal not terminated']);
  assert.deepEqual(errorsOf("'a\nb"), ['0 rune literal not terminated']);
  assert.deepEqual(errorsOf('`a\nb'), ['0 raw string literal not terminated']);
  assert.deepEqual(errorsOf('/* a\nb'), ['0 comment not terminated']);
  assert.deepEqual(errorsOf('"\\'), ['2 escape sequence not terminated', '0 string literal not terminated']);
});

test('scanner: NUL and byte order marks may stand nowhere, but for a mark at the start', () => {
  assert.deepEqual(tokensOf('\ufeffa'), ['IDENT(a)@1', 'newline@2']);
  assert.deepEqual(errorsOf('a\0b'), ['1 illegal character NUL']);
  assert.deepEqual(errorsOf('// \0\n"\ufeff" `\0`'), ['3 illegal character NUL', '6 illegal byte order mark', '10 illegal character NUL']);
});

test('scanner: a lone surrogate is an illegal character', () => {
  assert.deepEqual(errorsOf('a \ud800 b'), ['2 illegal character U+D800']);
});

test('scanner: the first token of a line and its indentation', () => {
  const { scanner } = { scanner: new Scanner('a\n\t\tb c\n  /* x */ d\n', () => assert.fail()) };
  const seen: string[] = [];
  for (scanner.scan(); scanner.token !== Token.EOF; scanner.scan()) {
    if (!scanner.automatic) seen.push(`${scanner.literal} ${scanner.first} ${scanner.indent}`);
  }
  assert.deepEqual(seen, ['a true 0', 'b true 2', 'c false 2', 'd true 2']);
});
