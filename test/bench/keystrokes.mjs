// From a keystroke to its diagnostics, and from the start of the server to the first ones, over the protocol as an editor
// speaks it.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { root } from '../../server/tools/setup.mjs';

/** Types into the middle of a 5,000-line file and asks for its diagnostics after each character. Milliseconds, end to end. */
export async function measureKeystrokes(count) {
  return withServer(largeFile(), async (server, uri, text) => {
    await server.diagnostics(uri);
    const line = 2500 + text.split('\n').slice(2500).findIndex((each) => each.startsWith('\ttotal := '));
    const typed = 'for k := range table { delete(table, k) }';
    const times = [];
    for (let at = 0; at < count; at++) {
      const column = 1 + (at % typed.length);
      if (at > 0 && at % typed.length === 0) server.change(uri, { line, character: 1 }, { line, character: 1 + typed.length }, '');
      const begun = performance.now();
      server.change(uri, { line, character: column }, { line, character: column }, typed[at % typed.length]);
      await server.diagnostics(uri);
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] * 10) / 10;
    return { lines: text.split('\n').length, keystrokes: count, p50: at(0.5), p95: at(0.95), max: at(1) };
  });
}

/** From spawning the server to the first findings of a small file. Milliseconds. */
export async function measureStart(runs) {
  const times = [];
  for (let at = 0; at < runs; at++) {
    const begun = performance.now();
    await withServer('package p\n\nfunc reset(m map[string]int) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n', async (server, uri) => {
      const report = await server.diagnostics(uri);
      if (report.items.length !== 1) throw new Error(`expected one finding, got ${report.items.length}`);
      times.push(performance.now() - begun);
    });
  }
  times.sort((a, b) => a - b);
  return { runs, median: Math.round(times[Math.floor(runs / 2)]), best: Math.round(times[0]) };
}

async function withServer(text, use) {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-bench-'));
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, 'go.mod'), 'module example.com/bench\n\ngo 1.23\n');
  writeFileSync(join(folder, 'main.go'), text);
  const child = spawn(process.execPath, [join(root, 'dist', 'server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => ({})));
  connection.onRequest(() => null);
  connection.listen();
  try {
    const rootUri = pathToFileURL(folder).href;
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'bench' }],
      capabilities: { textDocument: { diagnostic: {} }, workspace: { configuration: true, workspaceFolders: true } },
    });
    await connection.sendNotification('initialized', {});
    const uri = pathToFileURL(join(folder, 'main.go')).href;
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'go', version: 1, text } });
    return await use(client(connection), uri, text);
  } finally {
    await Promise.race([connection.sendRequest('shutdown').then(() => connection.sendNotification('exit')), new Promise((resolve) => setTimeout(resolve, 1000))]).catch(() => {});
    connection.dispose();
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function client(connection) {
  let version = 1;
  return {
    change(uri, start, end, text) {
      version++;
      void connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range: { start, end }, text }] });
    },
    diagnostics(uri) {
      return connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    },
  };
}

/** A 5,000-line file of ordinary code with maps, locks, methods and closures. */
function largeFile() {
  const lines = ['package bench', '', 'import (', '\t"fmt"', '\t"sort"', '\t"strings"', '\t"sync"', ')', ''];
  for (let at = 0; lines.length < 5000; at++) {
    lines.push(
      `// store${at} keeps counts by name.`,
      `type store${at} struct {`,
      '\tmu     sync.RWMutex',
      '\tcounts map[string]int',
      '\tnames  []string',
      '}',
      '',
      `func (s *store${at}) add(names ...string) error {`,
      '\ts.mu.Lock()',
      '\tdefer s.mu.Unlock()',
      '\tfor i, name := range names {',
      '\t\tname = strings.TrimSpace(name)',
      '\t\tif name == "" {',
      '\t\t\treturn fmt.Errorf("name %d is empty", i)',
      '\t\t}',
      '\t\ts.counts[name]++',
      '\t\ts.names = append(s.names, name)',
      '\t}',
      '\treturn nil',
      '}',
      '',
      `func (s *store${at}) total(table map[string]int) (sum int) {`,
      '\ttotal := 0',
      '\tkeys := make([]string, 0, len(table))',
      '\tfor k, v := range table {',
      '\t\ttotal += v * len(k)',
      '\t\tkeys = append(keys, k)',
      '\t}',
      '\tsort.Slice(keys, func(i, j int) bool { return table[keys[i]] < table[keys[j]] })',
      '\tfor _, k := range keys {',
      '\t\tif n, ok := s.counts[k]; ok && n > total {',
      '\t\t\tsum += n',
      '\t\t}',
      '\t}',
      '\treturn sum + total',
      '}',
      '',
    );
  }
  return lines.join('\n');
}
