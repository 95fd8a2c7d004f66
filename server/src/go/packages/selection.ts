// Which files a build target chooses, and in which targets the files build that the current platform leaves out.

import { basename } from '../../workspace/paths.ts';
import { collectTags, releaseOf, satisfies } from './constraint.ts';
import type { FileHeader } from './header.ts';
import { hasTag, knownArchitectures, knownSystems, nameTags, ports } from './target.ts';
import type { BuildTarget } from './target.ts';

/** A Go file of a folder, as far as its name and header tell. */
export interface Candidate {
  readonly name: string;
  readonly path: string;
  readonly header: FileHeader;
  readonly isTest: boolean;
  /** The systems and architectures that the name asks for. */
  readonly nameTags: readonly string[];
}

export function candidate(path: string, header: FileHeader): Candidate {
  const name = basename(path);
  return { name, path, header, isTest: name.endsWith('_test.go'), nameTags: nameTags(name) };
}

/** True for names that the go command passes over. */
export function isIgnoredName(name: string): boolean {
  return name.startsWith('_') || name.startsWith('.');
}

/** True if a build for the target compiles the file, as a part of its package or of its tests. */
export function selects(target: BuildTarget, file: Candidate): boolean {
  const { build, packageName, usesCgo } = file.header;
  if (build.kind === 'malformed' || isIgnoredName(file.name) || !file.nameTags.every((tag) => hasTag(target, tag))) return false;
  if (build.kind === 'constraint' && !satisfies(build.constraint, (tag) => hasTag(target, tag))) return false;
  // By convention files of package documentation hold the documentation of programs that are no Go packages.
  return (target.cgo || !usesCgo) && packageName !== 'documentation';
}

/** Why a build for the target leaves the file out, in words; undefined if it does not. */
export function exclusion(target: BuildTarget, file: Candidate): string | undefined {
  if (selects(target, file)) return undefined;
  const { build, packageName } = file.header;
  const missing = file.nameTags.find((tag) => !hasTag(target, tag));
  if (isIgnoredName(file.name)) return `the file name starts with ${file.name[0]}`;
  if (missing !== undefined) return `the file name asks for ${missing}`;
  if (build.kind === 'malformed') return `${build.text} cannot be read`;
  if (packageName === 'documentation') return 'package documentation';
  if (build.kind === 'none') return 'it imports "C"';
  return build.goBuild ? `//go:build ${build.text}` : `// ${build.text}`;
}

/** True for a file that every target chooses. */
export function isUnconstrained(file: Candidate): boolean {
  const { build, packageName } = file.header;
  return !isIgnoredName(file.name) && file.nameTags.length === 0 && build.kind === 'none' && packageName !== 'documentation';
}

/** Files that are analysed in the builds for one target. */
export interface TargetGroup {
  readonly target: BuildTarget;
  readonly files: readonly Candidate[];
}

/**
 * Targets that choose the files which `current` leaves out: few targets, plain platforms first. A file that no target chooses (`ignore`, a
 * contradiction, a constraint that cannot be read) is in none of the groups.
 */
export function targetsFor(current: BuildTarget, files: readonly Candidate[]): readonly TargetGroup[] {
  const groups: { target: BuildTarget; files: Candidate[] }[] = [];
  const platforms = platformsBeside(current);
  const plain = platforms.map((target) => ({ target, files: files.filter((file) => selects(target, file)) }));
  const left = new Set(files);
  // Takes the platform that builds the most of what is left, so that a folder with files for many systems gives few groups.
  for (;;) {
    let best: { target: BuildTarget; files: Candidate[] } | undefined;
    for (const option of plain) {
      const covered = option.files.filter((file) => left.has(file));
      if (covered.length > (best?.files.length ?? 0)) best = { target: option.target, files: covered };
    }
    if (!best) break;
    groups.push(best);
    for (const file of best.files) left.delete(file);
  }
  for (const file of left) {
    const known = groups.find((group) => selects(group.target, file));
    const target = known ? undefined : specialTarget(current, file);
    if (known) known.files.push(file);
    else if (target) groups.push({ target, files: [file] });
  }
  return groups;
}

/** The ports other than the current one: those of the same architecture or system first. */
function platformsBeside(current: BuildTarget): readonly BuildTarget[] {
  const others = ports.filter(([goos, goarch]) => goos !== current.goos || goarch !== current.goarch);
  const near = (port: readonly [string, string]): number => (port[1] === current.goarch ? 0 : port[0] === current.goos ? 1 : 2);
  return [...others].sort((a, b) => near(a) - near(b)).map(([goos, goarch]) => ({ ...current, goos, goarch }));
}

/** More switches than this in one constraint are not tried out. */
const mostSwitches = 8;

/**
 * A target with as few unusual tags as possible that chooses the file: custom tags on, cgo off, another compiler, an older or newer
 * release; at last systems that Go has no port to. `ignore` is never switched on.
 */
function specialTarget(current: BuildTarget, file: Candidate): BuildTarget | undefined {
  const { build } = file.header;
  const tags = new Set(file.nameTags);
  if (build.kind === 'constraint') collectTags(build.constraint, tags);
  const switches = switchesFor(tags, current).slice(0, mostSwitches);
  const platforms = [current, ...platformsBeside(current)];
  const subsets = Array.from({ length: 1 << switches.length }, (_, bits) => bits).sort((a, b) => countBits(a) - countBits(b) || a - b);
  const unported = unportedPlatforms(tags, current);
  for (const targets of [platforms, unported]) {
    for (const bits of subsets) {
      const chosen = switches.filter((_, index) => bits & (1 << index));
      for (const platform of targets) {
        const target = chosen.reduce((sofar, change) => change(sofar), platform);
        if (selects(target, file)) return target;
      }
    }
  }
  return undefined;
}

type Switch = (target: BuildTarget) => BuildTarget;

function switchesFor(tags: ReadonlySet<string>, current: BuildTarget): readonly Switch[] {
  const switches: Switch[] = [];
  for (const tag of [...tags].sort()) {
    const release = releaseOf(tag);
    if (tag === 'ignore' || knownSystems.has(tag) || knownArchitectures.has(tag) || tag === 'unix') continue;
    if (tag === 'cgo') switches.push((target) => ({ ...target, cgo: !current.cgo }));
    else if (tag === 'gccgo' || tag === 'gc') switches.push((target) => ({ ...target, compiler: 'gccgo' }));
    else if (release > current.release) switches.push((target) => ({ ...target, release: Math.max(target.release, release) }));
    else if (release > 0) switches.push((target) => ({ ...target, release: Math.min(target.release, release - 1) }));
    else switches.push((target) => ({ ...target, tags: [...new Set([...target.tags, hasTag(target, tag) ? `!${tag}` : tag])].sort() }));
  }
  return switches;
}

/** The named systems and architectures that Go is not (or no longer) ported to, combined with all others. */
function unportedPlatforms(tags: ReadonlySet<string>, current: BuildTarget): readonly BuildTarget[] {
  const named = [...tags].some((tag) => isUnported(tag));
  if (!named) return [];
  const systems = [current.goos, ...knownSystems];
  const architectures = [current.goarch, ...knownArchitectures];
  return systems.flatMap((goos) => architectures.map((goarch) => ({ ...current, goos, goarch })));
}

function isUnported(tag: string): boolean {
  const isPlatform = knownSystems.has(tag) || knownArchitectures.has(tag);
  return isPlatform && !ports.some(([goos, goarch]) => goos === tag || goarch === tag);
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}
