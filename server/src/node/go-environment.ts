// Where Go's files are on this machine, found by looking: no command is run.

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { AnalyzerEnvironment } from '../analyzer.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le', mipsel: 'mipsle' };

/** What the `go` command would use, as far as environment variables, `go env -w` and the usual places tell. */
export function goEnvironment(variables: Variables = process.env): AnalyzerEnvironment {
  const written = writtenVariables(variables);
  const get = (name: string): string | undefined => variables[name] || written[name] || undefined;
  const goroot = [get('GOROOT'), ...installedRoots(variables)].find((root) => root !== undefined && existsSync(join(root, 'src', 'runtime')));
  const gopath = get('GOPATH')?.split(delimiter)[0] || join(homedir(), 'go');
  const gomodcache = get('GOMODCACHE') ?? join(gopath, 'pkg', 'mod');
  return {
    goos: get('GOOS') ?? (process.platform === 'win32' ? 'windows' : process.platform),
    goarch: get('GOARCH') ?? architectures[process.arch] ?? process.arch,
    ...(goroot === undefined ? {} : { goroot: slashed(goroot) }),
    ...(existsSync(gomodcache) ? { gomodcache: slashed(gomodcache) } : {}),
  };
}

/** What `go env -w` wrote. */
function writtenVariables(variables: Variables): Variables {
  const file = variables['GOENV'] || join(configurationFolder(variables), 'go', 'env');
  if (file === 'off') return {};
  try {
    const lines = readFileSync(file, 'utf8').split(/\r?\n/);
    return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]).filter(([name]) => name));
  } catch {
    return {};
  }
}

function configurationFolder(variables: Variables): string {
  if (process.platform === 'win32') return variables['AppData'] ?? variables['APPDATA'] ?? homedir();
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return variables['XDG_CONFIG_HOME'] || join(homedir(), '.config');
}

/** The folders around the `go` commands of PATH, then the places where installers put Go. */
function installedRoots(variables: Variables): readonly string[] {
  const executable = process.platform === 'win32' ? 'go.exe' : 'go';
  const inPath = (variables['PATH'] ?? variables['Path'] ?? '').split(delimiter).filter(Boolean).map((folder) => join(folder, executable));
  const roots = inPath.filter((command) => existsSync(command)).map((command) => dirname(dirname(resolved(command))));
  const usual = process.platform === 'win32' ? ['C:\\Program Files\\Go', 'C:\\Go'] : ['/usr/local/go', '/usr/lib/go', '/opt/homebrew/opt/go/libexec'];
  return [...roots, ...usual];
}

function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function slashed(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
