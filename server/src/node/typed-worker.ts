// The thread that analyses whole projects and packages. It has its own view of the disk and of the open documents.

import { parentPort, workerData } from 'node:worker_threads';
import { Analyzer } from '../analyzer.ts';
import type { TextChange } from '../analyzer.ts';
import { Cancelled } from '../analyzer/cancelled.ts';
import type { Settings } from '../config/settings.ts';
import { changeBetween } from '../text/change.ts';
import type { TypedUpdate } from '../lsp/typed-tier.ts';
import { OverlayFileSystem } from '../workspace/overlay.ts';
import { DiskFileSystem } from './disk-file-system.ts';
import { goEnvironment } from './go-environment.ts';
import type { TypedMessage, TypedReply } from './typed-channel.ts';
import { loadTypeScript } from './typescript-package.ts';

export function analyzeForMainThread(): void {
  const port = parentPort!;
  const { generation } = workerData as { readonly generation: Int32Array };
  const files = new OverlayFileSystem(new DiskFileSystem());
  let current = 0;
  let settings: Settings = {};
  const analyzer = new Analyzer({
    fileSystem: files,
    environment: goEnvironment(),
    typescript: loadTypeScript,
    tier: 'typed',
    isCancelled: () => Atomics.load(generation, 0) !== current,
    settingsFor: () => settings,
  });
  port.on('message', (message: TypedMessage) => {
    for (const update of message.updates) apply(update, files, analyzer);
    if (JSON.stringify(settings) !== JSON.stringify(message.settings)) {
      settings = message.settings;
      analyzer.settingsChanged();
    }
    current = message.generation;
    void answer(message, analyzer).then((reply) => port.postMessage(reply));
  });
}

async function answer({ id, path, offset }: TypedMessage, analyzer: Analyzer): Promise<TypedReply> {
  try {
    if (offset !== undefined) return { id, insight: { facts: await analyzer.mapFactsAt(path, offset), operation: await analyzer.typedOperationAt(path, offset) } };
    return { id, analysis: analyzer.analyze(path) };
  } catch (error) {
    if (error instanceof Cancelled) return { id };
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function textChange(before: string, after: string): TextChange {
  const { start, length, newLength } = changeBetween(before, after);
  return { start, end: start + length, newText: after.slice(start, start + newLength) };
}

function apply(update: TypedUpdate, files: OverlayFileSystem, analyzer: Analyzer): void {
  switch (update.kind) {
    case 'document': {
      const before = files.readFile(update.path);
      if (update.text === undefined) files.delete(update.path);
      else files.set(update.path, update.text);
      const after = files.readFile(update.path);
      if (before.kind !== 'text') analyzer.invalidate(update.path);
      else if (after.kind !== 'text') analyzer.changed(update.path);
      else if (before.text !== after.text) analyzer.changed(update.path, textChange(before.text, after.text));
      return;
    }
    case 'changed':
      return analyzer.changed(update.path);
    case 'invalidated':
      return analyzer.invalidate(update.path);
    case 'settings':
      return analyzer.settingsChanged();
  }
}
