// A map that becomes another kind of map wherever it is used: every choice compiles, is as gofmt writes it, has no race, and is found
// nothing in; where there is no choice, the reason is said.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StrategyChoice } from '../../server/src/lsp/protocol.ts';
import { analyzerOver, fixtureRoot } from '../harness/fixtures.ts';
import { findGo } from '../harness/go.mjs';
import { applied, goMod, session } from './in-memory.ts';

const conversions = ['copy-on-write', 'sync-map', 'owner'] as const;
type Conversion = (typeof conversions)[number];

interface Case {
  readonly version: string;
  /** By name; the statement marked `// here` is where the strategies are asked for. */
  readonly files: Readonly<Record<string, string>>;
  /** What can be had, or why not. */
  readonly expected: Readonly<Record<Conversion, true | RegExp>>;
  /** Calls that several goroutines make at once, after `before`. */
  readonly race?: { readonly before: string; readonly calls: string };
}

const store = (body: string): string => `package w\n\ntype T struct {\n\tm map[string]int\n}\n\n${body}`;
const all = { 'copy-on-write': true, 'sync-map': true, owner: true } as const;
const none = (reason: RegExp): Case['expected'] => ({ 'copy-on-write': reason, 'sync-map': reason, owner: reason });

const cases: Readonly<Record<string, Case>> = {
  'a variable, in two files and a test': {
    version: '1.23',
    files: {
      'a.go': 'package w\n\nimport "fmt"\n\n// rates is read by everybody.\nvar rates = make(map[string]float64)\n\n// Reset forgets them.\nfunc Reset() {\n\tclear(rates) // here\n}\n\nfunc Rate(currency string) (float64, error) {\n\tif rate, ok := rates[currency]; ok {\n\t\treturn rate, nil\n\t}\n\treturn 0, fmt.Errorf("no rate of %s", currency)\n}\n',
      'b.go': 'package w\n\nimport "sort"\n\nfunc Set(currency string, rate float64) {\n\trates[currency] = rate // by hand\n}\n\nfunc Drop(currency string) { delete(rates, currency) }\n\nfunc Known() (names []string) {\n\tfor name := range rates {\n\t\tnames = append(names, name)\n\t}\n\tsort.Strings(names)\n\treturn names\n}\n\nfunc Twice(currency string) float64 { return 2 * rates[currency] }\n',
      'a_test.go': 'package w\n\nimport "testing"\n\nfunc TestSet(t *testing.T) {\n\trates["EUR"] = 1\n\tif rates["EUR"] != 1 {\n\t\tt.Fatal(rates["EUR"])\n\t}\n\tReset()\n\tif _, ok := rates["EUR"]; ok {\n\t\tt.Fatal("still there")\n\t}\n}\n',
    },
    expected: all,
    race: { before: '', calls: 'Set("EUR", float64(i)); Rate("EUR"); Twice("EUR"); Known(); Drop("USD"); if i%10 == 0 { Reset() }' },
  },
  'a field among others, with an end': {
    version: '1.26',
    files: {
      'a.go': 'package w\n\n// Cache keeps pages.\ntype Cache struct {\n\tname    string           // of the cache\n\tentries map[string]*page // by address\n\tlimits  [4]int           // of sizes\n\tclosed  bool\n}\n\ntype page struct{ text string }\n\nfunc New(name string) *Cache {\n\treturn &Cache{\n\t\tname:    name,\n\t\tentries: make(map[string]*page, 16),\n\t}\n}\n\nfunc (c *Cache) Get(address string) *page { return c.entries[address] }\n\nfunc (c *Cache) Put(address, text string) {\n\tc.entries[address] = &page{\n\t\ttext: text,\n\t}\n}\n\nfunc (c *Cache) Reset() {\n\tc.entries = map[string]*page{} // here\n}\n\nfunc (c *Cache) Close() error {\n\tc.Reset()\n\treturn nil\n}\n',
    },
    expected: all,
    race: { before: 'c := New("a")\n\tdefer c.Close()', calls: 'c.Put("a", "b"); c.Get("a"); if i%10 == 0 { c.Reset() }' },
  },
  'counted, with a length': {
    version: '1.21',
    files: { 'a.go': 'package w\n\ntype Words struct{ counts map[string]int }\n\nfunc (w *Words) Add(word string) {\n\tw.counts[word]++\n}\n\nfunc (w *Words) AddAll(word string, n int) {\n\tif n > 0 {\n\t\tw.counts[word] += n\n\t}\n}\n\nfunc (w *Words) Len() int { return len(w.counts) }\n\nfunc (w *Words) Clear() {\n\tfor word := range w.counts { // here\n\t\tdelete(w.counts, word)\n\t}\n}\n\nfunc (w *Words) Stop() { w.Clear() }\n' },
    expected: { 'copy-on-write': true, 'sync-map': /^line \d+: .*how many entries|^line 6: the new value comes from the old one/, owner: true },
    race: { before: 'w := new(Words)', calls: 'w.Add("a"); w.AddAll("b", 2); w.Len(); if i%10 == 0 { w.Clear() }' },
  },
  'a generic owner, before range over functions': {
    version: '1.22',
    files: { 'a.go': 'package w\n\nimport "sync"\n\ntype Set[K comparable] struct {\n\tmu      sync.Mutex\n\tmembers map[K]struct{}\n}\n\nfunc NewSet[K comparable]() *Set[K] { return &Set[K]{members: map[K]struct{}{}} }\n\nfunc (s *Set[K]) Add(k K) {\n\ts.mu.Lock()\n\tdefer s.mu.Unlock()\n\ts.members[k] = struct{}{}\n}\n\nfunc (s *Set[K]) Has(k K) bool {\n\t_, ok := s.members[k]\n\treturn ok\n}\n\nfunc (s *Set[K]) Reset() {\n\ts.members = nil // here\n}\n\nfunc (s *Set[K]) Close() {}\n' },
    expected: all,
    race: { before: 's := NewSet[int]()\n\tdefer s.Close()', calls: 's.Add(i); s.Has(i); if i%10 == 0 { s.Reset() }' },
  },
  'ranged over before functions can be': { version: '1.20', files: { 'a.go': 'package w\n\nvar m = map[string]int{}\n\nfunc F() (n int) {\n\tfor _, v := range m {\n\t\tn += v\n\t}\n\tfor k := range m { // here\n\t\tdelete(m, k)\n\t}\n\treturn n\n}\n' }, expected: { ...all, 'sync-map': /^line 6: |takes Go 1\.23/ } },
  'in a group, with a comment': {
    version: '1.23',
    files: { 'a.go': 'package w\n\nvar (\n\tname    = "w"                   // of all\n\tentries = map[string][]string{} // by name\n\tlonger  = 1\n)\n\nfunc F() {\n\tentries[name] = append(entries[name], "a")\n\tclear(entries) // here\n\tlonger++\n}\n' },
    expected: { 'copy-on-write': true, 'sync-map': /the new value comes from the old one/, owner: true },
  },
  'keys of an interface type': { version: '1.23', files: { 'a.go': 'package w\n\nvar seen = make(map[any]error)\n\nfunc Mark(key any) { seen[key] = nil }\n\nfunc Err(key any) error { return seen[key] }\n\nfunc Reset() {\n\tclear(seen) // here\n}\n' }, expected: all, race: { before: '', calls: 'Mark(i); Err(i); if i%10 == 0 { Reset() }' } },
  'constants as keys and values': { version: '1.23', files: { 'a.go': 'package w\n\ntype level uint8\n\nvar levels map[level]float32\n\nfunc F() float32 {\n\tlevels[1] = 2\n\tclear(levels) // here\n\treturn levels[1]\n}\n' }, expected: all },
  'a name that is taken': { version: '1.23', files: { 'a.go': 'package w\n\ntype syncMap struct{}\n\nfunc copiedMap() {}\n\nvar ownedMap int\n\nvar m = map[string]int{}\n\nfunc F() {\n\t_ = syncMap{}\n\tcopiedMap()\n\townedMap++\n\tm["a"] = 1\n\tclear(m) // here\n}\n' }, expected: all },
  'changed in a loop': { version: '1.23', files: { 'a.go': 'package w\n\nvar m = map[string]int{}\n\nfunc Load(lines []string) {\n\tm = make(map[string]int, len(lines)) // here\n\tfor i, line := range lines {\n\t\tm[line] = i\n\t}\n}\n' }, expected: { ...all, 'copy-on-write': /^line 8: changed in a loop/ } },
  'passed on': { version: '1.23', files: { 'a.go': store('func (t *T) All() map[string]int { return t.m }\n\nfunc (t *T) Reset() {\n\tclear(t.m) // here\n}\n') }, expected: none(/^line 7: the map is handed on/) },
  'made when it is first needed': {
    version: '1.23',
    files: { 'a.go': store('func (t *T) Set(k string) {\n\tif t.m == nil {\n\t\tt.m = make(map[string]int)\n\t}\n\n\tt.m[k] = 1\n}\n\nfunc (t *T) Get(k string) int {\n\tk += "x"\n\tif t.m == nil {\n\t\tt.m = map[string]int{}\n\t}\n\treturn t.m[k]\n}\n\nfunc (t *T) Reset() {\n\tclear(t.m) // here\n}\n\nfunc (t *T) Close() { t.Reset() }\n') },
    expected: all,
    race: { before: 't0 := new(T)\n\tdefer t0.Close()', calls: 't0.Set("a"); t0.Get("a"); if i%10 == 0 { t0.Reset() }' },
  },
  'compared with nil': { version: '1.23', files: { 'a.go': store('func (t *T) Has(k string) bool {\n\tif t.m == nil {\n\t\treturn false\n\t}\n\treturn t.m[k] == 1\n}\n\nfunc (t *T) Reset() {\n\tclear(t.m) // here\n}\n') }, expected: none(/^line 8: it is compared with nil/) },
  'no end for a goroutine': { version: '1.23', files: { 'a.go': store('func (t *T) Reset() {\n\tclear(t.m) // here\n}\n') }, expected: { ...all, owner: /nothing would stop/ } },
  'a struct that is copied': { version: '1.23', files: { 'a.go': store('func (t T) Get(k string) int { return t.m[k] }\n\nfunc (t *T) Reset() {\n\tclear(t.m) // here\n}\n') }, expected: none(/copied/) },
  'a struct within one that is copied': { version: '1.23', files: { 'a.go': store('type outer struct{ T }\n\nfunc show(o outer) int { return o.m["a"] }\n\nfunc (t *T) Reset() {\n\tclear(t.m) // here\n}\n') }, expected: none(/copied/) },
  'an exported name': { version: '1.23', files: { 'a.go': 'package w\n\nvar Rates = map[string]int{}\n\nfunc F() {\n\tclear(Rates) // here\n}\n' }, expected: none(/exported/) },
  'a local variable': { version: '1.23', files: { 'a.go': 'package w\n\nfunc F() {\n\tm := map[string]int{"a": 1}\n\tclear(m) // here\n}\n' }, expected: none(/^for fields and variables/) },
  'made with entries': { version: '1.23', files: { 'a.go': 'package w\n\nvar m = map[string]int{"a": 1}\n\nfunc F() {\n\tclear(m) // here\n}\n' }, expected: none(/made with entries/) },
  'a type with a name': { version: '1.23', files: { 'a.go': 'package w\n\ntype rates map[string]int\n\nvar m = rates{}\n\nfunc F() {\n\tclear(m) // here\n}\n' }, expected: none(/its type has a name/) },
  'before generics': { version: '1.17', files: { 'a.go': 'package w\n\nvar m = map[string]int{}\n\nfunc F() {\n\tfor k := range m { // here\n\t\tdelete(m, k)\n\t}\n}\n' }, expected: none(/takes Go 1\.18/) },
  'a file of another platform': { version: '1.23', files: { 'a.go': 'package w\n\nvar m = map[string]int{}\n\nfunc F() {\n\tclear(m) // here\n}\n', 'b_windows.go': 'package w\n\nfunc G() int { return m["a"] }\n' }, expected: none(/^b_windows\.go is built apart/) },
  'another object in the same statement': { version: '1.23', files: { 'a.go': store('func Move(a, b *T) {\n\ta.m["x"] = b.m["x"] + 1\n\tclear(b.m) // here\n}\n\nfunc (t *T) Stop() {}\n') }, expected: none(/^line 8: /) },
  'a comment in the loop': { version: '1.23', files: { 'a.go': 'package w\n\nvar m = map[string]int{}\n\nfunc F() {\n\tfor k := range m { // here\n\t\t// all of them\n\t\tdelete(m, k)\n\t}\n}\n' }, expected: none(/^line 6: a comment would be lost/) },
};

const go = findGo();

test('conversions: every one compiles, is as gofmt writes it, has no race, and nothing is found in it; others say why not', { skip: go ? false : 'no Go installed' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-conversions-'));
  const environment = { ...process.env, GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '-mod=mod' };
  const run = (command: string, ...args: string[]): string => {
    const { stdout, stderr, status } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: environment });
    return status === 0 ? stdout : `${stdout}${stderr}exit ${status}`;
  };
  const modules = new Set<string>();
  const written = new Map<string, string>();
  try {
    for (const [name, { version, files: marked, expected, race }] of Object.entries(cases)) {
      const choices = await choicesIn(version, marked);
      const files = Object.fromEntries(Object.entries(marked).map(([file, text]) => [file, unmarked(text)]));
      for (const strategy of conversions) {
        const choice = choices.find((each) => each.strategy === strategy)!;
        const wanted = expected[strategy];
        const edited = choice.edit !== null;
        assert.equal(edited, wanted === true, `${name}, ${strategy}: ${choice.consequence}`);
        if (wanted !== true) assert.match(choice.consequence, wanted, `${name}, ${strategy}`);
        if (!choice.edit) continue;
        const package_ = `${name.replaceAll(/[^a-z]+/g, '_')}_${strategy.replaceAll('-', '_')}`;
        modules.add(version);
        const texts = Object.fromEntries(Object.entries(files).map(([file, text]) => [file, appliedIn(name, strategy, text, choice.edit!, file)]));
        const withTest = race ? { ...texts, 'race_test.go': raceTest(race) } : texts;
        for (const [file, text] of Object.entries(withTest)) {
          const path = join(folder, version, package_, file);
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, text);
          written.set(`${version}/${package_}/${file}`, text);
        }
      }
    }
    for (const version of modules) {
      const mod = `module example.com/w\n\ngo ${version}\n`;
      writeFileSync(join(folder, version, 'go.mod'), mod);
      written.set(`${version}/go.mod`, mod);
    }
    assert.equal(run(join(dirname(go!), process.platform === 'win32' ? 'gofmt.exe' : 'gofmt'), '-d', '.'), '');
    const hasRaceDetector = (process.env['MAPWARDEN_CAPABILITIES'] ?? 'race').split(',').includes('race');
    for (const version of modules) {
      assert.equal(run(go!, '-C', version, 'vet', './...'), '');
      assert.doesNotMatch(run(go!, '-C', version, 'test', ...(hasRaceDetector ? ['-race'] : []), './...'), /FAIL|exit/);
    }
    const analyzer = analyzerOver(written);
    for (const [path, text] of written) {
      if (!path.endsWith('.go')) continue;
      const findings = analyzer.analyze(`${fixtureRoot}/${path}`).findings.map(({ rule, span }) => `${path}: ${rule} at ${text.slice(span.start, span.end)}`);
      assert.deepEqual(findings, []);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function unmarked(text: string): string {
  return text.replace(' // here', '');
}

async function choicesIn(version: string, files: Readonly<Record<string, string>>): Promise<readonly StrategyChoice[]> {
  const [file, text] = Object.entries(files).find(([, each]) => each.includes('// here'))!;
  const disk = { ...goMod(version), ...Object.fromEntries(Object.entries(files).map(([name, each]) => [`/w/${name}`, unmarked(each)])) };
  let choices: readonly StrategyChoice[] = [];
  await session(async (client) => {
    const of = `file:///w/${file}`;
    await client.open(of, unmarked(text));
    const row = text.split('\n').findIndex((line) => line.includes('// here'));
    choices = await client.request('mapwarden/strategies', { uri: of, position: { line: row, character: text.split('\n')[row]!.search(/\S/) } });
  }, disk);
  return choices;
}

function raceTest({ before, calls }: { readonly before: string; readonly calls: string }): string {
  return `package w

import (
	"sync"
	"testing"
)

func TestAtOnce(t *testing.T) {
	${before}
	var wg sync.WaitGroup
	for k := 0; k < 4; k++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 100; i++ {
				${calls.replaceAll('; ', '\n\t\t\t\t').replace(/if (.*) \{ (.*) \}/, 'if $1 {\n\t\t\t\t\t$2\n\t\t\t\t}')}
			}
		}()
	}
	wg.Wait()
}
`.replace('\n\t\n', '\n');
}

function appliedIn(name: string, strategy: string, text: string, edit: NonNullable<StrategyChoice['edit']>, file: string): string {
  try {
    return applied(text, edit, `file:///w/${file}`);
  } catch (error) {
    throw new Error(`${name}, ${strategy}, ${file}: ${JSON.stringify(edit.documentChanges)}`, { cause: error });
  }
}
