// Types that can stand where a map was, with the map's own types: a sync.Map, a map that is copied on every change, a map that one
// goroutine owns. Each is written with the methods that are used, and no others.

export type WrapperKind = 'sync-map' | 'copy-on-write' | 'owner';

export type WrapperMethod = 'Load' | 'Get' | 'Store' | 'Update' | 'Delete' | 'Len' | 'All' | 'Snapshot' | 'Clear' | 'Stop';

export interface WrapperContext {
  readonly type: string;
  readonly methods: ReadonlySet<WrapperMethod>;
  /** What packages sync and sync/atomic are called in the file. */
  readonly sync: string;
  readonly atomic: string;
  /** True where every Go that builds the file has sync.Map.Clear. */
  readonly syncMapClears: boolean;
  /** True where the file may use the builtin clear. */
  readonly hasClear: boolean;
}

/** Names for the type, the first that is free is taken. */
export const wrapperNames: Readonly<Record<WrapperKind, string>> = { 'sync-map': 'syncMap', 'copy-on-write': 'copiedMap', owner: 'ownedMap' };

/** The builtins and types that the texts use. */
export const wrapperBuiltins: readonly string[] = ['any', 'bool', 'comparable', 'delete', 'int', 'len', 'make', 'new', 'close', 'nil', 'true', 'clear'];

export const wrapperImports: Readonly<Record<WrapperKind, readonly string[]>> = { 'sync-map': ['sync'], 'copy-on-write': ['sync', 'sync/atomic'], owner: ['sync'] };

/** The declarations, as gofmt writes them, with blank lines between them and none around. */
export function wrapperText(kind: WrapperKind, context: WrapperContext): string {
  const declarations = { 'sync-map': syncMap, 'copy-on-write': copiedMap, owner: ownedMap }[kind](context);
  return declarations.map((lines) => lines.join('\n')).join('\n\n');
}

type Declarations = readonly (readonly string[])[];

/** A method, where it is used: `head` begins after the receiver. */
function method({ type, methods }: WrapperContext, receiver: string, name: WrapperMethod, comment: string, head: string, body: readonly string[]): Declarations {
  return methods.has(name) ? [[`// ${name} ${comment}`, `func (${receiver} *${type}[K, V]) ${name}${head} {`, ...body.map((line) => `\t${line}`), '}']] : [];
}

function syncMap(context: WrapperContext): Declarations {
  const { type, methods, sync, syncMapClears } = context;
  const all: WrapperContext = { ...context, methods: new Set([...methods, ...(methods.has('Get') ? (['Load'] as const) : [])]) };
  return [
    [`// ${type} is a sync.Map with types. It must not be copied.`, `type ${type}[K comparable, V any] struct{ m ${sync}.Map }`],
    ...method(all, 's', 'Load', 'gives what is stored under a key.', '(key K) (value V, ok bool)', ['stored, ok := s.m.Load(key)', 'value, _ = stored.(V)', 'return value, ok']),
    ...method(all, 's', 'Get', 'gives what is stored under a key, or the zero value.', '(key K) V', ['value, _ := s.Load(key)', 'return value']),
    ...method(all, 's', 'Store', 'stores a value under a key.', '(key K, value V)', ['s.m.Store(key, value)']),
    ...method(all, 's', 'Delete', 'removes what is stored under a key.', '(key K)', ['s.m.Delete(key)']),
    ...method(all, 's', 'All', 'visits the entries; what is stored meanwhile may be among them.', '(yield func(K, V) bool)', [
      's.m.Range(func(key, value any) bool {',
      '\tk, _ := key.(K)',
      '\tv, _ := value.(V)',
      '\treturn yield(k, v)',
      '})',
    ]),
    ...(syncMapClears
      ? method(all, 's', 'Clear', 'removes every entry.', '()', ['s.m.Clear()'])
      : method(all, 's', 'Clear', 'removes every entry that is there; what is stored meanwhile may stay.', '()', ['s.m.Range(func(key, _ any) bool {', '\ts.m.Delete(key)', '\treturn true', '})'])),
  ];
}

function copiedMap(context: WrapperContext): Declarations {
  const { type, methods, sync, atomic } = context;
  const changes = methods.has('Store') || methods.has('Delete') || methods.has('Update');
  const all: WrapperContext = { ...context, methods: new Set([...methods, ...(changes ? (['Load', 'Update'] as const) : [])]) };
  return [
    [
      `// ${type} is a map that is never changed: who changes something stores a changed copy. It must not be copied itself.`,
      `type ${type}[K comparable, V any] struct {`,
      `\tmu      ${sync}.Mutex // held by who changes it`,
      `\tcurrent ${atomic}.Pointer[map[K]V]`,
      '}',
    ],
    ...method(all, 'c', 'Load', 'gives the map as it is now, to be read and never to be written to.', '() map[K]V', ['if current := c.current.Load(); current != nil {', '\treturn *current', '}', 'return nil']),
    ...method(all, 'c', 'Store', 'stores a value under a key.', '(key K, value V)', ['c.Update(func(next map[K]V) { next[key] = value })']),
    ...method(all, 'c', 'Delete', 'removes what is stored under a key.', '(key K)', ['c.Update(func(next map[K]V) { delete(next, key) })']),
    ...method(all, 'c', 'Update', 'changes a copy and stores it; change must not use the map itself.', '(change func(next map[K]V))', [
      'c.mu.Lock()',
      'defer c.mu.Unlock()',
      'next := make(map[K]V, len(c.Load())+1)',
      'for key, value := range c.Load() {',
      '\tnext[key] = value',
      '}',
      'change(next)',
      'c.current.Store(&next)',
    ]),
    ...method(all, 'c', 'Clear', 'stores an empty map; who reads the old one still sees its entries.', '()', ['c.mu.Lock()', 'defer c.mu.Unlock()', 'c.current.Store(new(map[K]V))']),
  ];
}

function ownedMap(context: WrapperContext): Declarations {
  const { type, methods, sync } = context;
  const stops = methods.has('Stop');
  const command = stops
    ? ['for {', '\tselect {', '\tcase command := <-o.commands:', '\t\tcommand(m)', '\tcase <-o.stopped:', '\t\treturn', '\t}', '}']
    : ['for command := range o.commands {', '\tcommand(m)', '}'];
  return [
    stops
      ? [
          `// ${type} is a map that one goroutine owns: others send it what to do, and wait. After Stop it is empty and does nothing. It must not be copied.`,
          `type ${type}[K comparable, V any] struct {`,
          `\tstart, stop ${sync}.Once`,
          '\tcommands    chan func(map[K]V)',
          '\tstopped     chan struct{}',
          '}',
        ]
      : [
          `// ${type} is a map that one goroutine owns: others send it what to do, and wait. The goroutine lives as long as the program. It must not be copied.`,
          `type ${type}[K comparable, V any] struct {`,
          `\tstart    ${sync}.Once`,
          '\tcommands chan func(map[K]V)',
          '}',
        ],
    [
      '// owner starts the goroutine that owns the map, once.',
      `func (o *${type}[K, V]) owner() {`,
      '\to.start.Do(func() {',
      '\t\to.commands = make(chan func(map[K]V))',
      ...(stops ? ['\t\to.stopped = make(chan struct{})'] : []),
      '\t\tgo func() {',
      '\t\t\tm := make(map[K]V)',
      ...command.map((line) => `\t\t\t${line}`),
      '\t\t}()',
      '\t})',
      '}',
    ],
    [
      '// Update has the owner run a command, and waits until it is done; the command must not use the map by other ways.',
      `func (o *${type}[K, V]) Update(command func(m map[K]V)) {`,
      '\to.owner()',
      '\tdone := make(chan struct{})',
      ...(stops
        ? ['\tselect {', '\tcase o.commands <- func(m map[K]V) {', '\t\tdefer close(done)', '\t\tcommand(m)', '\t}:', '\t\t<-done', '\tcase <-o.stopped:', '\t}']
        : ['\to.commands <- func(m map[K]V) {', '\t\tdefer close(done)', '\t\tcommand(m)', '\t}', '\t<-done']),
      '}',
    ],
    ...method(context, 'o', 'Load', 'gives what is stored under a key.', '(key K) (value V, ok bool)', ['o.Update(func(m map[K]V) { value, ok = m[key] })', 'return value, ok']),
    ...method(context, 'o', 'Get', 'gives what is stored under a key, or the zero value.', '(key K) (value V)', ['o.Update(func(m map[K]V) { value = m[key] })', 'return value']),
    ...method(context, 'o', 'Store', 'stores a value under a key.', '(key K, value V)', ['o.Update(func(m map[K]V) { m[key] = value })']),
    ...method(context, 'o', 'Delete', 'removes what is stored under a key.', '(key K)', ['o.Update(func(m map[K]V) { delete(m, key) })']),
    ...method(context, 'o', 'Len', 'counts the entries.', '() (n int)', ['o.Update(func(m map[K]V) { n = len(m) })', 'return n']),
    ...method(context, 'o', 'Snapshot', 'copies the map.', '() map[K]V', ['copied := make(map[K]V)', 'o.Update(func(m map[K]V) {', '\tfor key, value := range m {', '\t\tcopied[key] = value', '\t}', '})', 'return copied']),
    ...method(context, 'o', 'Clear', 'removes every entry.', '()', context.hasClear ? ['o.Update(func(m map[K]V) { clear(m) })'] : ['o.Update(func(m map[K]V) {', '\tfor key := range m {', '\t\tdelete(m, key)', '\t}', '})']),
    ...method(context, 'o', 'Stop', 'ends the owner.', '()', ['o.owner()', 'o.stop.Do(func() { close(o.stopped) })']),
  ];
}
