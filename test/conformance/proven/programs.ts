// Fixtures as programs. A function of a fixture that takes no arguments can say, in the comment above it, what is to be seen when
// it runs:
//
//   // proves: race               the race detector reports a data race
//   // proves: deadlock           it does not return, or the runtime says that all goroutines are asleep
//   // proves: leak               it returns and leaves a goroutine behind
//   // proves: panic "text"       the program ends with this panic or fatal error
//   // proves: output "text"      it prints this
//   // proves: nothing            it returns, twenty times, without a word from the race detector
//
// All of them become cases of one program: each fixture a package of it, each function a name it can be started with.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseFile } from '../../../server/src/go/syntax/parser.ts';
import { NodeKind } from '../../../server/src/go/syntax/ast.ts';
import type * as ast from '../../../server/src/go/syntax/ast.ts';
import type { Fixture } from '../../harness/fixtures.ts';

export type Claim =
  | { readonly kind: 'race' | 'deadlock' | 'leak' | 'nothing' }
  | { readonly kind: 'panic' | 'output'; readonly text: string };

export interface ProvenCase {
  /** `rule/case.function`. */
  readonly name: string;
  readonly rule: string;
  readonly function: string;
  readonly claim: Claim;
  /** True if the function has a line on which something is to be found. */
  readonly isPositive: boolean;
}

export interface ProvenProgram {
  readonly cases: readonly ProvenCase[];
  /** Positive functions without arguments that say nothing of what is to be seen. */
  readonly silent: readonly string[];
}

const claimLine = /^\s*\/\/ proves: (race|deadlock|leak|nothing|panic|output)(?: "(.*)")?\s*$/m;

/** Writes the program of all fixtures with claims into a folder. `keep` chooses among the cases. */
export function writeProgram(folder: string, fixtures: readonly Fixture[], keep: (name: string) => boolean): ProvenProgram {
  const cases: ProvenCase[] = [];
  const silent: string[] = [];
  const imports: string[] = [];
  writeAt(folder, 'go.mod', 'module example.com/proven\n\ngo 1.26\n');
  writeAt(folder, 'cases/cases.go', 'package cases\n\nvar All = map[string]func(){}\n');
  fixtures.forEach((fixture, index) => {
    // What another language version makes of a fixture is not to be seen in one program.
    if (fixture.files.has('go.mod')) return;
    const sources = [...fixture.files].filter(([name]) => name.endsWith('.go') && !name.endsWith('_test.go') && !name.includes('/'));
    const functions = sources.flatMap(([, text]) => functionsIn(text));
    silent.push(...functions.filter((each) => each.isPositive && !each.claim).map((each) => `${fixture.rule}/${fixture.name}.${each.name}`));
    const claimed = functions.flatMap(({ name, claim, isPositive }) => (claim ? [{ name: `${fixture.rule}/${fixture.name}.${name}`, rule: fixture.rule, function: name, claim, isPositive }] : [])).filter(({ name }) => keep(name));
    if (claimed.length === 0) return;
    const directory = `fixture${index}`;
    for (const [name, text] of sources) writeAt(folder, `${directory}/${name}`, inPackage(text, directory));
    const entries = claimed.map((each) => `\tcases.All[${JSON.stringify(each.name)}] = ${each.function === 'main' ? mainName : each.function}`).join('\n');
    writeAt(folder, `${directory}/proven_cases.go`, `package ${directory}\n\nimport "example.com/proven/cases"\n\nfunc init() {\n${entries}\n}\n`);
    imports.push(directory);
    cases.push(...claimed);
  });
  writeAt(folder, 'main.go', mainFile(imports));
  return { cases, silent };
}

const mainName = 'provenMain';

function writeAt(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The file as one of another package; its main function gets a name that can be called. */
function inPackage(text: string, name: string): string {
  const file = parseFile(text);
  const edits = [{ start: file.name.pos, end: file.name.end, newText: name }];
  for (const each of file.decls) if (each.kind === NodeKind.FuncDecl && !each.recv && each.name.name === 'main') edits.push({ start: each.name.pos, end: each.name.end, newText: mainName });
  return edits.reverse().reduce((result, edit) => result.slice(0, edit.start) + edit.newText + result.slice(edit.end), text);
}

interface DeclaredFunction {
  readonly name: string;
  readonly claim: Claim | undefined;
  readonly isPositive: boolean;
}

/** The functions that can be called without arguments. */
function functionsIn(text: string): readonly DeclaredFunction[] {
  const found: DeclaredFunction[] = [];
  let previous = 0;
  for (const each of parseFile(text).decls) {
    const comment = text.slice(previous, each.pos);
    previous = each.end;
    if (each.kind !== NodeKind.FuncDecl || !isPlain(each)) continue;
    // The want of the last line stands behind the declaration's end.
    const own = text.slice(each.pos, text.indexOf('\n', each.end));
    found.push({ name: each.name.name, claim: claimIn(comment), isPositive: /\/\/ want(\+\d+)? `/.test(own) });
  }
  return found;
}

function isPlain({ recv, type }: ast.FuncDecl): boolean {
  return !recv && type.params.list.length === 0 && !type.typeParams && (type.results?.list.length ?? 0) === 0;
}

function claimIn(comment: string): Claim | undefined {
  const match = claimLine.exec(comment);
  if (!match) return undefined;
  const kind = match[1] as Claim['kind'];
  return kind === 'panic' || kind === 'output' ? { kind, text: match[2] ?? '' } : { kind };
}

function mainFile(packages: readonly string[]): string {
  return `package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"

	"example.com/proven/cases"
${packages.map((each) => `	_ "example.com/proven/${each}"`).join('\n')}
)

func main() {
	run := cases.All[os.Args[1]]
	times, _ := strconv.Atoi(os.Args[2])
	before := runtime.NumGoroutine()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range times {
			run()
		}
	}()
	select {
	case <-done:
	case <-time.After(3 * time.Second):
		fmt.Println("proven: blocked")
		os.Exit(0)
	}
	for range 20 {
		if runtime.NumGoroutine() <= before {
			fmt.Println("proven: returned")
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Println("proven: leak")
}
`;
}
