// Build targets: platforms and tags, and which files they choose. The rules and tables are those of go/build.

import { releaseOf } from './constraint.ts';
import type { GoVersion } from './version.ts';

/** A platform with the build tags that hold on it. */
export interface BuildTarget {
  readonly goos: string;
  readonly goarch: string;
  /** Release tags go1.1 … go1.N hold. */
  readonly release: GoVersion;
  readonly cgo: boolean;
  readonly compiler: 'gc' | 'gccgo';
  /** Further tags that hold, sorted; `!x` switches an experiment or feature off that holds otherwise. */
  readonly tags: readonly string[];
}

/** `linux/amd64`, with whatever differs from a plain build: `linux/amd64 tags=integration cgo=0`. */
export function targetKey(target: BuildTarget, plainRelease: GoVersion): string {
  let key = `${target.goos}/${target.goarch}`;
  if (target.tags.length > 0) key += ` tags=${target.tags.join(',')}`;
  if (!target.cgo) key += ' cgo=0';
  if (target.compiler !== 'gc') key += ` compiler=${target.compiler}`;
  if (target.release !== plainRelease) key += ` go1.${target.release}`;
  return key;
}

/** True if a tag of a constraint line, or of a file name, holds on the target. */
export function hasTag(target: BuildTarget, tag: string): boolean {
  if (tag === 'cgo' && target.cgo) return true;
  if (tag === target.goos || tag === target.goarch || tag === target.compiler) return true;
  if (tag === 'unix') return unixSystems.has(target.goos);
  if (tag === impliedSystem.get(target.goos)) return true;
  const release = releaseOf(tag);
  if (release > 0) return release <= target.release || target.tags.includes(tag);
  if (target.tags.includes(tag)) return true;
  if (target.compiler !== 'gc' || target.tags.includes(`!${tag}`)) return false;
  // The old name of an experiment that is off.
  if (tag === 'boringcrypto') return target.tags.includes('goexperiment.boringcrypto');
  return isExperimentOn(target, tag) || isArchitectureFeature(target.goarch, tag);
}

/**
 * The systems and architectures that a file name asks for: `x_GOOS.go`, `x_GOARCH.go`, `x_GOOS_GOARCH.go`, each also
 * before `_test`. Nothing stands for a name without such a suffix. `linux.go` has none, as it has nothing before it.
 */
export function nameTags(fileName: string): readonly string[] {
  const dot = fileName.indexOf('.');
  const stem = dot < 0 ? fileName : fileName.slice(0, dot);
  const parts = stem.split('_').slice(1);
  if (parts.at(-1) === 'test') parts.pop();
  const last = parts.at(-1);
  if (last === undefined) return [];
  const previous = parts.at(-2);
  if (previous !== undefined && knownSystems.has(previous) && knownArchitectures.has(last)) return [previous, last];
  return knownSystems.has(last) || knownArchitectures.has(last) ? [last] : [];
}

function isExperimentOn(target: BuildTarget, tag: string): boolean {
  if (!tag.startsWith('goexperiment.')) return false;
  const name = tag.slice('goexperiment.'.length);
  const since = experimentsOnSince.get(name);
  if (since === undefined || target.release < since) return false;
  if (name.startsWith('regabi')) return registerCallArchitectures.has(target.goarch);
  if (name === 'dwarf5') return target.goos !== 'darwin' && target.goos !== 'ios' && target.goos !== 'aix';
  return true;
}

/** `amd64.v1` and the like: the features of the least processor that a plain build is for. */
function isArchitectureFeature(goarch: string, tag: string): boolean {
  return leastFeatures.get(goarch)?.includes(tag) ?? false;
}

/** Every system that a file name may ask for: past, present and future ones. */
export const knownSystems: ReadonlySet<string> = new Set([
  'aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'js', 'linux', 'nacl', 'netbsd', 'openbsd', 'plan9', 'solaris',
  'wasip1', 'windows', 'zos',
]);

export const knownArchitectures: ReadonlySet<string> = new Set([
  '386', 'amd64', 'amd64p32', 'arm', 'armbe', 'arm64', 'arm64be', 'loong64', 'mips', 'mipsle', 'mips64', 'mips64le', 'mips64p32',
  'mips64p32le', 'ppc', 'ppc64', 'ppc64le', 'riscv', 'riscv64', 's390', 's390x', 'sparc', 'sparc64', 'wasm',
]);

const unixSystems: ReadonlySet<string> = new Set([
  'aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'linux', 'netbsd', 'openbsd', 'solaris',
]);

/** Files for the second system are built on the first as well. */
const impliedSystem: ReadonlyMap<string, string> = new Map([['android', 'linux'], ['illumos', 'solaris'], ['ios', 'darwin']]);

/** The ports of Go, commonest first: the order in which a target is looked for that builds a file. */
export const ports: readonly (readonly [goos: string, goarch: string])[] = [
  ['linux', 'amd64'], ['darwin', 'arm64'], ['windows', 'amd64'], ['linux', 'arm64'], ['darwin', 'amd64'], ['freebsd', 'amd64'],
  ['js', 'wasm'], ['wasip1', 'wasm'], ['linux', '386'], ['linux', 'arm'], ['windows', '386'], ['windows', 'arm64'], ['netbsd', 'amd64'],
  ['openbsd', 'amd64'], ['dragonfly', 'amd64'], ['solaris', 'amd64'], ['illumos', 'amd64'], ['aix', 'ppc64'], ['plan9', 'amd64'],
  ['android', 'arm64'], ['ios', 'arm64'], ['linux', 'ppc64le'], ['linux', 's390x'], ['linux', 'riscv64'], ['linux', 'loong64'],
  ['linux', 'mips'], ['linux', 'mipsle'], ['linux', 'mips64'], ['linux', 'mips64le'], ['linux', 'ppc64'], ['android', '386'],
  ['android', 'amd64'], ['android', 'arm'], ['freebsd', '386'], ['freebsd', 'arm'], ['freebsd', 'arm64'], ['freebsd', 'riscv64'],
  ['ios', 'amd64'], ['netbsd', '386'], ['netbsd', 'arm'], ['netbsd', 'arm64'], ['openbsd', '386'], ['openbsd', 'arm'],
  ['openbsd', 'arm64'], ['openbsd', 'ppc64'], ['openbsd', 'riscv64'], ['plan9', '386'], ['plan9', 'arm'], ['windows', 'arm'],
];

const registerCallArchitectures: ReadonlySet<string> = new Set(['amd64', 'arm64', 'loong64', 'ppc64', 'ppc64le', 'riscv64', 's390x']);

/** Experiments that are on unless somebody switches them off, with the first release they are on in. */
const experimentsOnSince: ReadonlyMap<string, GoVersion> = new Map([
  ['regabiwrappers', 17], ['regabiargs', 17], ['coverageredesign', 20], ['aliastypeparams', 24], ['swissmap', 24], ['spinbitmutex', 24],
  ['synchashtriemap', 24], ['dwarf5', 25], ['greenteagc', 26], ['randomizedheapbase64', 26], ['jsonv2', 27], ['sizespecializedmalloc', 27],
]);

const leastFeatures: ReadonlyMap<string, readonly string[]> = new Map([
  ['386', ['386.sse2']], ['amd64', ['amd64.v1']], ['arm', ['arm.5', 'arm.6', 'arm.7']], ['arm64', ['arm64.v8.0']], ['mips', ['mips.hardfloat']],
  ['mipsle', ['mipsle.hardfloat']], ['mips64', ['mips64.hardfloat']], ['mips64le', ['mips64le.hardfloat']], ['ppc64', ['ppc64.power8']],
  ['ppc64le', ['ppc64le.power8']], ['riscv64', ['riscv64.rva20u64']], ['wasm', ['wasm.satconv', 'wasm.signext']],
]);
