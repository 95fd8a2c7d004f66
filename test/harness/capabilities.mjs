// What this machine has. A missing capability skips the tests that need it, with the reason; MAPWARDEN_REQUIRE (a list of
// names) makes that a failure instead.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGo } from './go.mjs';

/**
 * Probes everything once.
 * @returns {Promise<Record<string, {available: boolean, detail: string}>>} by name: go, race, host, chromium.
 */
export async function probeCapabilities() {
  const go = findGo();
  const capabilities = { go: probeGo(go), race: probeRace(go) };
  try {
    const { probeHost } = await import('../host/install.mjs');
    Object.assign(capabilities, await probeHost());
  } catch (error) {
    capabilities.host = { available: false, detail: error.message };
  }
  return capabilities;
}

function probeGo(go) {
  if (!go) return { available: false, detail: 'no go command in PATH, /usr/local/go or /usr/lib/go-*' };
  const version = spawnSync(go, ['version'], { encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } });
  if (version.status !== 0) return { available: false, detail: `${go} version failed` };
  return { available: true, detail: version.stdout.trim() };
}

/** The race detector needs cgo and a C compiler: building the smallest program tells. */
function probeRace(go) {
  if (!go) return { available: false, detail: 'needs go' };
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-race-'));
  try {
    writeFileSync(join(folder, 'main.go'), 'package main\n\nfunc main() {}\n');
    const run = spawnSync(go, ['run', '-race', 'main.go'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, CGO_ENABLED: '1', GO111MODULE: 'off' },
    });
    if (run.status === 0) return { available: true, detail: 'go run -race works' };
    return { available: false, detail: (run.stderr ?? '').trim().split('\n')[0] || 'go run -race failed' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
