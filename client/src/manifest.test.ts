// The manifest, its texts and the client's texts belong together; VS Code itself shows a raw key where one is missing.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const read = (file: string): string => readFileSync(file, 'utf8');
const texts = (file: string): Record<string, string> => JSON.parse(read(file)) as Record<string, string>;
const manifest = JSON.parse(read('package.json'));
const english = texts('package.nls.json');
const chinese = texts('package.nls.zh-cn.json');

test('manifest: English and Chinese have the same keys', () => {
  assert.deepEqual(Object.keys(chinese), Object.keys(english));
});

test('manifest: every key it names has a text, and every text is named', () => {
  const named = new Set([...JSON.stringify(manifest).matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key!));
  assert.deepEqual([...named].sort(), Object.keys(english).sort());
});

test('manifest: no text is empty, and code names stay as they are in Chinese', () => {
  for (const [key, text] of Object.entries(english)) {
    assert.notEqual(text.trim(), '', key);
    assert.notEqual(chinese[key]?.trim(), '', key);
    const codeOf = (value: string) => [...value.matchAll(/`([^`]+)`/g)].map(([, code]) => code!).sort();
    assert.deepEqual(codeOf(chinese[key] ?? ''), codeOf(text), key);
  }
});

test('manifest: every setting is localised, ordered and scoped', () => {
  const settings: Record<string, { order?: number; scope?: string; markdownDescription?: string }> = manifest.contributes.configuration.properties;
  const orders = Object.values(settings).map(({ order }) => order);
  assert.deepEqual(orders, orders.map((_, i) => i + 1));
  for (const [name, setting] of Object.entries(settings)) {
    assert.match(setting.markdownDescription ?? '', /^%.+%$/, name);
    assert.ok(['resource', 'window'].includes(setting.scope ?? ''), name);
  }
});

test('manifest: the gallery accepts it', () => {
  assert.ok(manifest.keywords.length <= 5);
  assert.equal(manifest.icon, 'client/media/icon.png');
  const icon = readFileSync(manifest.icon);
  assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [256, 256]);
  assert.deepEqual(manifest.extensionKind, ['workspace']);
});

test('client texts: the Chinese bundle has exactly the texts that the client uses', () => {
  const used = new Set(sources('client/src').flatMap(localisedTexts));
  const bundle = texts('client/l10n/bundle.l10n.zh-cn.json');
  assert.ok(used.size > 20);
  assert.deepEqual(Object.keys(bundle).sort(), [...used].sort());
  for (const [key, text] of Object.entries(bundle)) assert.deepEqual(places(text), places(key), key);
});

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

/** First arguments of `vscode.l10n.t(…)` calls; one that is no literal could not be translated. */
function localisedTexts(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText().endsWith('l10n.t')) {
      const [text] = node.arguments;
      assert.ok(text && ts.isStringLiteral(text), `${file}: ${node.getText()}`);
      found.push(text.text);
    }
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  return found;
}

function places(text: string): readonly string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
}
