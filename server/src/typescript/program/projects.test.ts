// Which files are read together, and what that tells of a file: every case is a small workspace, analysed as the command line
// does it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { typeScriptForTests } from '../../../../test/harness/typescript.ts';
import { Analyzer } from '../../analyzer.ts';
import { MemoryFileSystem } from '../../workspace/file-system.ts';

function analyzerFor(files: Readonly<Record<string, string>>): Analyzer {
  return new Analyzer({
    fileSystem: new MemoryFileSystem({ '/w/.git/HEAD': '', ...files }),
    environment: { goos: 'linux', goarch: 'amd64' },
    typescript: typeScriptForTests,
    log: (event) => {
      if (event.kind === 'rule-failed') throw event.error;
    },
  });
}

/** `rule@line` of what is found in a file, lines from 1. */
function found(files: Readonly<Record<string, string>>, path: string): readonly string[] {
  const analysis = analyzerFor(files).analyze(path);
  assert.equal(analysis.skipped, undefined);
  return analysis.findings.map(({ rule, span }) => `${rule}@${analysis.text.slice(0, span.start).split('\n').length}`);
}

/** A module that empties what it imports: found only if the import is. */
function emptying(from: string): string {
  return `import { shared } from '${from}';\nexport function reset(): void {\n  for (const key of shared.keys()) shared.delete(key);\n}\n`;
}

const shared = 'export const shared = new Map<string, number>();\n';
const loop = ['delete-loop@3'];

test('projects: files of a project see each other', () => {
  assert.deepEqual(found({ '/w/tsconfig.json': '{}', '/w/shared.ts': shared, '/w/a.ts': emptying('./shared') }, '/w/a.ts'), loop);
});

test('projects: path aliases lead where the configuration says', () => {
  const files = { '/w/src/shared.ts': shared, '/w/src/deep/a.ts': emptying('@lib/shared') };
  const paths = JSON.stringify({ compilerOptions: { paths: { '@lib/*': ['./src/*'] } } });
  assert.deepEqual(found({ ...files, '/w/tsconfig.json': paths }, '/w/src/deep/a.ts'), loop);
  assert.deepEqual(found({ ...files, '/w/tsconfig.json': '{}' }, '/w/src/deep/a.ts'), [], 'without them nothing is known');
});

test('projects: a configuration that another one extends', () => {
  const base = JSON.stringify({ compilerOptions: { paths: { '@lib/*': ['./src/*'] } } });
  assert.deepEqual(found({ '/w/base.json': base, '/w/tsconfig.json': JSON.stringify({ extends: './base.json' }), '/w/src/shared.ts': shared, '/w/a.ts': emptying('@lib/shared') }, '/w/a.ts'), loop);
});

test('projects: what a project refers to is read from its sources', () => {
  const files = {
    '/w/core/tsconfig.json': JSON.stringify({ compilerOptions: { composite: true, outDir: 'dist' }, include: ['src'] }),
    '/w/core/src/shared.ts': shared,
    '/w/app/tsconfig.json': JSON.stringify({ references: [{ path: '../core' }], include: ['src'] }),
    '/w/app/src/a.ts': emptying('../../core/src/shared'),
  };
  assert.deepEqual(found(files, '/w/app/src/a.ts'), loop);
});

test('projects: a configuration that only refers to others', () => {
  const files = {
    '/w/tsconfig.json': JSON.stringify({ files: [], references: [{ path: './tsconfig.app.json' }, { path: './tsconfig.node.json' }] }),
    '/w/tsconfig.app.json': JSON.stringify({ compilerOptions: { composite: true, paths: { '@/*': ['./src/*'] } }, include: ['src'] }),
    '/w/tsconfig.node.json': JSON.stringify({ compilerOptions: { composite: true }, include: ['build.ts'] }),
    '/w/src/shared.ts': shared,
    '/w/src/a.ts': emptying('@/shared'),
    '/w/build.ts': emptying('./src/shared'),
  };
  assert.deepEqual(found(files, '/w/src/a.ts'), loop);
  assert.deepEqual(found(files, '/w/build.ts'), loop);
});

test('projects: packages of a monorepo, each with its own configuration', () => {
  const files = {
    '/w/tsconfig.json': JSON.stringify({ include: [] }),
    '/w/packages/core/package.json': JSON.stringify({ name: '@m/core', types: './src/index.ts', main: './src/index.ts' }),
    '/w/packages/core/tsconfig.json': '{}',
    '/w/packages/core/src/index.ts': shared,
    '/w/packages/app/tsconfig.json': JSON.stringify({ compilerOptions: { paths: { '@m/core': ['../core/src/index.ts'] } } }),
    '/w/packages/app/src/a.ts': emptying('@m/core'),
    '/w/packages/other/tsconfig.json': JSON.stringify({ compilerOptions: { paths: { '@m/core': ['./src/none.ts'] } } }),
    '/w/packages/other/src/a.ts': emptying('@m/core'),
  };
  assert.deepEqual(found(files, '/w/packages/app/src/a.ts'), loop);
  assert.deepEqual(found(files, '/w/packages/other/src/a.ts'), [], 'each with its own paths');
});

test('projects: a file that no configuration takes in is read with its folder', () => {
  const files = { '/w/tsconfig.json': JSON.stringify({ include: ['src'] }), '/w/src/x.ts': 'export {};', '/w/tools/shared.ts': shared, '/w/tools/a.ts': emptying('./shared') };
  assert.deepEqual(found(files, '/w/tools/a.ts'), loop);
});

test('projects: a file without any configuration', () => {
  assert.deepEqual(found({ '/w/a.ts': shared + "export function reset(): void {\n  for (const key of shared.keys()) shared.delete(key);\n}\n" }, '/w/a.ts'), loop);
});

test('projects: JavaScript is analysed, also where nobody checks it', () => {
  const text = 'const m = new Map();\nexport function reset() {\n  for (const k of m.keys()) m.delete(k);\n}\n';
  for (const options of [{ allowJs: true, checkJs: false }, { allowJs: false }, {}]) {
    assert.deepEqual(found({ '/w/tsconfig.json': JSON.stringify({ compilerOptions: options }), '/w/a.js': text, '/w/b.ts': 'export {};' }, '/w/a.js'), loop, JSON.stringify(options));
  }
  assert.deepEqual(found({ '/w/tsconfig.json': '{}', '/w/a.js': `// @ts-nocheck\n${text}` }, '/w/a.js'), ['delete-loop@4']);
});

test('projects: what is not known is silent', () => {
  const reset = (type: string): string => `export function reset(m: ${type}): void {\n  // a line\n  for (const key of m.keys()) m.delete(key);\n}\n`;
  const of = (text: string): readonly string[] => found({ '/w/tsconfig.json': '{}', '/w/a.ts': text }, '/w/a.ts');
  assert.deepEqual(of(reset('Map<string, number>')), loop);
  assert.deepEqual(of(reset('any')), []);
  assert.deepEqual(of(reset('unknown')), []);
  assert.deepEqual(of(reset('Missing')), [], 'a type that is not declared');
  assert.deepEqual(of(`import type { Missing } from 'missing';\n${reset('Missing')}`), [], 'a type of a package that is not there');
  assert.deepEqual(of(emptying('missing')), []);
  assert.deepEqual(of(emptying('./missing')), []);
  assert.deepEqual(of("const m = JSON.parse('{}');\nexport function reset(): void {\n  for (const key of m.keys()) m.delete(key);\n}\n"), []);
  assert.deepEqual(of("const m = require('missing');\nexport function reset(): void {\n  for (const key of m.keys()) m.delete(key);\n}\n"), []);
});

test('projects: a class of the same name is not the library\'s', () => {
  const text = "class Map { keys(): string[] { return []; }\n  delete(key: string): void {} }\nexport function reset(m: Map): void { for (const key of m.keys()) m.delete(key); }\n";
  assert.deepEqual(found({ '/w/tsconfig.json': '{}', '/w/a.ts': text }, '/w/a.ts'), []);
});

test('projects: faults in a configuration end no analysis', () => {
  for (const text of ['', '{', '{"compilerOptions": 1}', '{"extends": "./missing.json"}', '{"compilerOptions": {"module": "nonsense", "paths": 3}}', '{"references": [{"path": "./missing"}]}', '{"references": [{"path": "."}]}']) {
    assert.deepEqual(found({ '/w/tsconfig.json': text, '/w/shared.ts': shared, '/w/a.ts': emptying('./shared') }, '/w/a.ts'), loop, text);
  }
});

test('projects: declarations and what lies in packages are types, and never reported', () => {
  const files = {
    '/w/tsconfig.json': '{}',
    '/w/node_modules/store/package.json': JSON.stringify({ name: 'store', version: '1.0.0', types: 'index.d.ts' }),
    '/w/node_modules/store/index.d.ts': 'export declare const shared: Map<string, number>;\n',
    '/w/a.ts': emptying('store'),
  };
  assert.deepEqual(found(files, '/w/a.ts'), loop);
  assert.notEqual(analyzerFor(files).analyze('/w/node_modules/store/index.d.ts').skipped, undefined);
});

test('projects: a change of a configuration is seen', () => {
  const fileSystem = new MemoryFileSystem({ '/w/.git/HEAD': '', '/w/tsconfig.json': '{}', '/w/src/shared.ts': shared, '/w/a.ts': emptying('@lib/shared') });
  const analyzer = new Analyzer({ fileSystem, environment: { goos: 'linux', goarch: 'amd64' }, typescript: typeScriptForTests });
  assert.equal(analyzer.analyze('/w/a.ts').findings.length, 0);
  fileSystem.write('/w/tsconfig.json', JSON.stringify({ compilerOptions: { paths: { '@lib/*': ['./src/*'] } } }));
  analyzer.changed('/w/tsconfig.json');
  assert.equal(analyzer.analyze('/w/a.ts').findings.length, 1);
});
