// Packs the TypeScript compiler once, for the server, the command and the Web Worker alike: as a script that leaves its
// namespace in `ts` where there are no modules, and in `module.exports` where there are. The services for editors, which nothing
// here uses, are left out: that is a third of it. Beside it go the declarations of the language's library, without the comments.

import { transform } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const source = join(root, 'node_modules', 'typescript');
const script = join(root, 'dist', 'typescript.js');
const libraries = join(root, 'dist', 'typescript-library.json.gz');

/** Does nothing if what is in dist/ was made from the installed version. */
export async function packTypeScript() {
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const banner = `/*! Compiler of TypeScript ${version}, Apache License 2.0, https://www.typescriptlang.org */\n`;
  if (existsSync(script) && existsSync(libraries) && readFileSync(script, 'utf8').startsWith(banner)) return;
  mkdirSync(dirname(script), { recursive: true });
  const text = readFileSync(join(source, 'lib', 'typescript.js'), 'utf8');
  const { code } = await transform(compilerOf(text), { format: 'iife', globalName: 'ts', minify: true, treeShaking: true, target: 'es2022', legalComments: 'none' });
  const ts = createRequire(import.meta.url)('typescript');
  const table = {};
  for (const name of readdirSync(join(source, 'lib')).sort()) {
    if (/^lib\.(.*\.)?d\.ts$/.test(name)) table[name] = withoutComments(ts, readFileSync(join(source, 'lib', name), 'utf8'));
  }
  writeFileSync(libraries, gzipSync(JSON.stringify(packed(table)), { level: 9 }));
  writeFileSync(script, `${banner}${code}if (typeof module !== 'undefined' && module.exports) module.exports = ts;\n`);
}

/** The compiler, and where its nodes and types get their methods from. */
const keptParts = /^\/\/ src\/(compiler\/|services\/(services|utilities|types)\.ts)/;

/**
 * The script without what is not part of the compiler, as a module that exports everything the compiler does. Its parts stand under
 * lines such as `// src/compiler/checker.ts`. Of those that are kept only the documentation of symbols needs one that is not.
 * @throws Error if the script is laid out otherwise
 */
function compilerOf(text) {
  const [exported = ''] = /^__export\(typescript_exports, \{$[^]*?^\}\);$/m.exec(text) ?? [];
  const names = [...exported.matchAll(/^ +(\w+): \(\) => ([\w$]+),?$/gm)].map(([, name, local]) => [name, local]);
  const [head, ...parts] = text.slice(0, text.indexOf('// Annotate the CommonJS export names')).split(/^(?=\/\/ src\/)/m);
  const kept = parts.filter((part) => keptParts.test(part)).join('');
  if (head === undefined || names.length < 1000 || kept === '') throw new Error('the script of the TypeScript compiler is not laid out as expected');
  const preamble = head.slice(head.indexOf('"use strict";'));
  const declared = new Set([...parts.filter((part) => part.startsWith('// src/compiler/')).join('').matchAll(/^(?:var|let|const|function\*?|async function|class) ([\w$]+)/gm)].map(([, name]) => name));
  const exports = names.filter(([, local]) => declared.has(local)).map(([name, local]) => `${local} as ${name}`);
  return `${preamble}${kept}\nexport { ${exports.join(', ')} };\n`;
}

/** Each different line once; see `PackedLibraries` in server/src/typescript/libraries.ts. */
function packed(table) {
  const indices = new Map();
  const files = {};
  for (const [name, text] of Object.entries(table)) {
    const runs = [];
    for (const line of text.split('\n')) {
      if (!indices.has(line)) indices.set(line, indices.size);
      const index = indices.get(line);
      if (runs.length > 0 && runs.at(-2) + runs.at(-1) === index) runs[runs.length - 1]++;
      else runs.push(index, 1);
    }
    files[name] = runs;
  }
  return { lines: [...indices.keys()].join('\n'), files };
}

/** The declarations without comments and blank lines; `/// <reference>` lines at the top say which files belong together. */
function withoutComments(ts, text) {
  const references = text.split('\n').filter((line) => line.startsWith('/// <reference')).join('\n');
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  let out = '';
  let broken = false;
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia) continue;
    if (token === ts.SyntaxKind.NewLineTrivia) {
      if (!broken) out += '\n';
      broken = true;
    } else if (token === ts.SyntaxKind.WhitespaceTrivia) {
      if (!broken) out += ' ';
    } else {
      out += scanner.getTokenText();
      broken = false;
    }
  }
  return references === '' ? out : `${references}\n${out}`;
}
