// The layers of the source tree: who must never import whom.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import test from 'node:test';
import ts from 'typescript';

const root = process.cwd();

interface Layer {
  readonly folder: string;
  readonly never: readonly RegExp[];
}

const layers: readonly Layer[] = [
  { folder: 'server/src/text', never: [/^(?!server\/src\/text\/)/] },
  { folder: 'server/src/workspace', never: [/^server\/src\/(?!text|workspace)/, /^node:/, /^vscode/] },
  { folder: 'server/src/model', never: [/^server\/src\/(?!text|model)/, /^node:/, /^vscode/, /^typescript$/] },
  { folder: 'server/src/analysis', never: [/^server\/src\/(go|typescript|rules|lsp|cli|node|browser|analyzer)/, /^node:/, /^vscode/, /^typescript$/] },
  { folder: 'server/src/go', never: [/^server\/src\/(typescript|rules|analyzer|lsp|cli|node|browser|config)/, /^node:/, /^vscode/, /^typescript$/] },
  { folder: 'server/src/typescript', never: [/^server\/src\/(go|rules|analyzer|lsp|cli|node|browser|config)/, /^node:/, /^vscode/] },
  { folder: 'server/src/rules', never: [/^server\/src\/(analyzer|lsp|cli|node|browser|config)/, /^node:/, /^vscode/] },
  { folder: 'server/src/knowledge', never: [/^server\/src\/(?!text|knowledge|rules\/rule)/, /^node:/, /^vscode/] },
  { folder: 'server/src/config', never: [/^server\/src\/(go|typescript|analyzer|lsp|cli|node|browser)/, /^node:/, /^vscode/] },
  { folder: 'server/src/analyzer', never: [/^server\/src\/(lsp|cli|node|browser)/, /^node:/, /^vscode/] },
  { folder: 'server/src/lsp', never: [/^server\/src\/(cli|node|browser)/, /^node:/] },
  { folder: 'server/src/cli', never: [/^server\/src\/(lsp|node|browser)/, /^node:/, /^vscode/] },
  { folder: 'client', never: [/^server\/src\/(?!lsp\/protocol)/] },
];

for (const layer of layers) {
  test(`layers: ${layer.folder}`, () => {
    const faults = sourcesIn(layer.folder).flatMap((file) => importsOf(file).filter((target) => layer.never.some((pattern) => pattern.test(target))).map((target) => `${file} imports ${target}`));
    assert.deepEqual(faults, []);
  });
}

test('layers: a rule imports no other rule', () => {
  const faults = sourcesIn('server/src/rules').flatMap((file) => {
    const own = /^server\/src\/rules\/([^/]+)\//.exec(file)?.[1];
    if (own === undefined) return [];
    return importsOf(file).filter((target) => (/^server\/src\/rules\/([^/]+)\//.exec(target)?.[1] ?? own) !== own).map((target) => `${file} imports ${target}`);
  });
  assert.deepEqual(faults, []);
});

test('layers: the client takes only types from the server', () => {
  const faults = sourcesIn('client').flatMap((file) => valueImportsOf(file).filter((target) => target.startsWith('server/')).map((target) => `${file} imports ${target}`));
  assert.deepEqual(faults, []);
});

/** TypeScript files that are part of the product, relative to the root, with `/`. */
function sourcesIn(folder: string): readonly string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (entry.isDirectory() && entry.name !== 'testdata') visit(child);
      else if (entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts')) found.push(relative(root, child).split(sep).join('/'));
    }
  };
  try {
    visit(join(root, folder));
  } catch {
    return [];
  }
  return found;
}

function importsOf(file: string): readonly string[] {
  return ts.preProcessFile(readFileSync(join(root, file), 'utf8')).importedFiles.map(({ fileName }) => resolved(file, fileName));
}

function valueImportsOf(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.isTypeOnly || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    return [resolved(file, statement.moduleSpecifier.text)];
  });
}

function resolved(file: string, target: string): string {
  if (!target.startsWith('.')) return target;
  return relative(root, join(root, dirname(file), target)).split(sep).join('/');
}
