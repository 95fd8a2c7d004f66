// What functions of the standard library and of golang.org/x/sync do that their declarations do not say: that they never
// return, when and where they run a function they are given, that calling them again changes nothing. The table is small
// and curated; a function that is not in it is unknown.

/**
 * How a call ends the goroutine: `exit` ends the process and runs no deferred functions, `goexit` ends the goroutine after
 * its deferred functions, `panic` panics.
 */
export type Ending = 'exit' | 'goexit' | 'panic';

/**
 * When a function value given to a call runs.
 * - `now`: before the call returns, on the caller's goroutine.
 * - `now-elsewhere`: before the call returns, on another goroutine that the caller waits for. (`T.Run` returns early if the
 *   subtest calls `Parallel`.)
 * - `with-result`: when the function or iterator that the call returns is called, on that caller's goroutine.
 * - `later`: after the call returns, on the goroutine of whoever triggers it; runs do not overlap each other.
 * - `concurrent`: on another goroutine, maybe after the call returns.
 */
export type When = 'now' | 'now-elsewhere' | 'with-result' | 'later' | 'concurrent';

/** How often: `many-at-once` says that several runs may overlap. */
export type Times = 'at-most-once' | 'once' | 'many' | 'many-at-once';

export interface RunsArgument {
  /** The index of the parameter, the receiver not counted. */
  readonly argument: number;
  readonly when: When;
  readonly times: Times;
  /** The methods that are called if the argument is no function but a value with methods; `*` for every exported one. */
  readonly methods?: readonly string[];
}

export interface Behavior {
  readonly ends?: Ending;
  readonly runs?: readonly RunsArgument[];
  /** True if a call has no effect, and gives an equal result whenever the arguments are equal. */
  readonly pure?: true;
  /** True if a call changes nothing that a program can see, keeps nothing it is given, and orders no tasks; its result may be another one each time. */
  readonly quiet?: true;
  /** True if a call reads all that can be reached from its arguments, keeps nothing, and orders no tasks. */
  readonly looks?: true;
  /** What the documentation says, where the mark is not obvious from the name. */
  readonly because?: string;
}

/** A package path with the functions (`Name`) and methods (`Type.Name`, by the type that declares the method) of one behavior. */
interface Group {
  readonly package: string;
  readonly names: readonly string[];
  readonly behavior: Behavior;
}

function runs(argument: number, when: When, times: Times, because?: string): Behavior {
  return { runs: [{ argument, when, times }], ...(because === undefined ? {} : { because }) };
}

function serves(argument: number, because?: string): Behavior {
  return { runs: [{ argument, when: 'concurrent', times: 'many-at-once', methods: ['ServeHTTP'] }], ...(because === undefined ? {} : { because }) };
}

/** See https://pkg.go.dev/<package>#<name> for each. */
const neverReturning: readonly Group[] = [
  { package: 'os', names: ['Exit'], behavior: { ends: 'exit', because: 'the program terminates immediately; deferred functions are not run' } },
  { package: 'syscall', names: ['Exit'], behavior: { ends: 'exit' } },
  { package: 'log', names: ['Fatal', 'Fatalf', 'Fatalln', 'Logger.Fatal', 'Logger.Fatalf', 'Logger.Fatalln'], behavior: { ends: 'exit', because: 'equivalent to Print followed by a call to os.Exit(1)' } },
  { package: 'log', names: ['Panic', 'Panicf', 'Panicln', 'Logger.Panic', 'Logger.Panicf', 'Logger.Panicln'], behavior: { ends: 'panic', because: 'equivalent to Print followed by a call to panic()' } },
  { package: 'runtime', names: ['Goexit'], behavior: { ends: 'goexit', because: 'runs all deferred calls before terminating the goroutine' } },
  {
    package: 'testing',
    names: ['FailNow', 'Fatal', 'Fatalf', 'SkipNow', 'Skip', 'Skipf'].flatMap((name) => [`common.${name}`, `TB.${name}`]),
    behavior: { ends: 'goexit', because: 'stops the test by calling runtime.Goexit; T, B and F have these methods from the embedded type common' },
  },
  {
    package: 'github.com/stretchr/testify/require',
    names: ['Fail', 'Failf', 'FailNow', 'FailNowf'].flatMap((name) => [name, `Assertions.${name}`]),
    behavior: { ends: 'goexit', because: 'calls FailNow of the test; https://pkg.go.dev/github.com/stretchr/testify/require' },
  },
];

const runningNow: readonly Group[] = [
  { package: 'sync', names: ['Once.Do'], behavior: runs(0, 'now', 'at-most-once', 'no call to Do returns until the one call to f returns') },
  { package: 'sync', names: ['Map.Range'], behavior: runs(0, 'now', 'many', 'Range may call Store, Delete and Range itself') },
  { package: 'maps', names: ['DeleteFunc'], behavior: runs(1, 'now', 'many') },
  { package: 'maps', names: ['EqualFunc'], behavior: runs(2, 'now', 'many') },
  { package: 'maps', names: ['Collect'], behavior: runs(0, 'now', 'once', 'calls the iterator') },
  { package: 'maps', names: ['Insert'], behavior: runs(1, 'now', 'once', 'calls the iterator') },
  { package: 'slices', names: ['SortFunc', 'SortStableFunc', 'IsSortedFunc', 'IndexFunc', 'ContainsFunc', 'DeleteFunc', 'CompactFunc', 'MinFunc', 'MaxFunc'], behavior: runs(1, 'now', 'many') },
  { package: 'slices', names: ['BinarySearchFunc', 'CompareFunc', 'EqualFunc'], behavior: runs(2, 'now', 'many') },
  { package: 'slices', names: ['Collect', 'Sorted'], behavior: runs(0, 'now', 'once', 'calls the iterator') },
  { package: 'slices', names: ['AppendSeq'], behavior: runs(1, 'now', 'once', 'calls the iterator') },
  {
    package: 'slices',
    names: ['SortedFunc', 'SortedStableFunc'],
    behavior: { runs: [{ argument: 0, when: 'now', times: 'once' }, { argument: 1, when: 'now', times: 'many' }], because: 'calls the iterator, then compares' },
  },
  { package: 'sort', names: ['Slice', 'SliceStable', 'SliceIsSorted', 'Search', 'Find'], behavior: runs(1, 'now', 'many') },
  { package: 'sort', names: ['Sort', 'Stable', 'IsSorted'], behavior: { runs: [{ argument: 0, when: 'now', times: 'many', methods: ['Len', 'Less', 'Swap'] }] } },
  { package: 'container/heap', names: ['Init', 'Fix', 'Push', 'Pop', 'Remove'], behavior: { runs: [{ argument: 0, when: 'now', times: 'many', methods: ['*'] }] } },
  { package: 'container/ring', names: ['Ring.Do'], behavior: runs(0, 'now', 'many') },
  ...['strings', 'bytes'].flatMap((path): readonly Group[] => [
    { package: path, names: ['Map'], behavior: runs(0, 'now', 'many') },
    { package: path, names: ['FieldsFunc', 'IndexFunc', 'LastIndexFunc', 'ContainsFunc', 'TrimFunc', 'TrimLeftFunc', 'TrimRightFunc'], behavior: runs(1, 'now', 'many') },
    { package: path, names: ['FieldsFuncSeq'], behavior: runs(1, 'with-result', 'many') },
  ]),
  { package: 'regexp', names: ['Regexp.ReplaceAllStringFunc', 'Regexp.ReplaceAllFunc'], behavior: runs(1, 'now', 'many') },
  { package: 'path/filepath', names: ['Walk', 'WalkDir'], behavior: runs(1, 'now', 'many') },
  { package: 'io/fs', names: ['WalkDir'], behavior: runs(2, 'now', 'many') },
  { package: 'os', names: ['Expand'], behavior: runs(1, 'now', 'many') },
  { package: 'go/ast', names: ['Inspect'], behavior: runs(1, 'now', 'many') },
  { package: 'go/token', names: ['FileSet.Iterate'], behavior: runs(0, 'now', 'many') },
  { package: 'expvar', names: ['Do', 'Map.Do'], behavior: runs(0, 'now', 'many') },
  { package: 'flag', names: ['Visit', 'VisitAll', 'FlagSet.Visit', 'FlagSet.VisitAll'], behavior: runs(0, 'now', 'many') },
  { package: 'math/rand', names: ['Shuffle', 'Rand.Shuffle'], behavior: runs(1, 'now', 'many') },
  { package: 'math/rand/v2', names: ['Shuffle', 'Rand.Shuffle'], behavior: runs(1, 'now', 'many') },
  { package: 'runtime/pprof', names: ['Do'], behavior: runs(2, 'now', 'once') },
  { package: 'runtime/trace', names: ['WithRegion'], behavior: runs(2, 'now', 'once') },
  { package: 'database/sql', names: ['Conn.Raw'], behavior: runs(0, 'now', 'once') },
  { package: 'syscall', names: ['RawConn.Control'], behavior: runs(0, 'now', 'once') },
  { package: 'syscall', names: ['RawConn.Read', 'RawConn.Write'], behavior: runs(0, 'now', 'many') },
  { package: 'testing', names: ['AllocsPerRun'], behavior: runs(1, 'now', 'many') },
  { package: 'testing/quick', names: ['Check'], behavior: runs(0, 'now', 'many') },
  { package: 'testing/quick', names: ['CheckEqual'], behavior: { runs: [{ argument: 0, when: 'now', times: 'many' }, { argument: 1, when: 'now', times: 'many' }] } },
  { package: 'golang.org/x/sync/singleflight', names: ['Group.Do'], behavior: runs(1, 'now', 'at-most-once', 'only one execution is in-flight for a given key at a time; it runs on the goroutine of the first caller') },
];

const runningLater: readonly Group[] = [
  { package: 'sync', names: ['OnceFunc', 'OnceValue', 'OnceValues'], behavior: runs(0, 'with-result', 'at-most-once') },
  { package: 'iter', names: ['Pull', 'Pull2'], behavior: runs(0, 'with-result', 'once', 'the iterator runs as a coroutine of the goroutine that calls next') },
  { package: 'reflect', names: ['MakeFunc'], behavior: runs(1, 'with-result', 'many') },
  { package: 'testing', names: ['common.Cleanup', 'TB.Cleanup'], behavior: runs(0, 'later', 'once', 'called when the test and all its subtests complete') },
  { package: 'flag', names: ['Func', 'BoolFunc', 'FlagSet.Func', 'FlagSet.BoolFunc'], behavior: runs(2, 'later', 'many', 'called while flags are parsed') },
  { package: 'bufio', names: ['Scanner.Split'], behavior: runs(0, 'later', 'many', 'called by Scan') },
  { package: 'text/template', names: ['Template.Funcs'], behavior: { runs: [{ argument: 0, when: 'later', times: 'many-at-once' }], because: 'called by Execute, which may run in parallel' } },
  { package: 'html/template', names: ['Template.Funcs'], behavior: { runs: [{ argument: 0, when: 'later', times: 'many-at-once' }], because: 'called by Execute, which may run in parallel' } },
];

const runningConcurrently: readonly Group[] = [
  { package: 'time', names: ['AfterFunc'], behavior: runs(1, 'concurrent', 'at-most-once', 'waits for the duration to elapse and then calls f in its own goroutine; Reset may run it again') },
  { package: 'context', names: ['AfterFunc'], behavior: runs(1, 'concurrent', 'at-most-once', 'calls f in its own goroutine after ctx is canceled') },
  { package: 'sync', names: ['WaitGroup.Go'], behavior: runs(0, 'concurrent', 'once', 'calls f in a new goroutine and adds that task to the WaitGroup') },
  { package: 'golang.org/x/sync/errgroup', names: ['Group.Go'], behavior: runs(0, 'concurrent', 'once') },
  { package: 'golang.org/x/sync/errgroup', names: ['Group.TryGo'], behavior: runs(0, 'concurrent', 'at-most-once') },
  { package: 'golang.org/x/sync/singleflight', names: ['Group.DoChan'], behavior: runs(1, 'concurrent', 'at-most-once') },
  { package: 'runtime', names: ['SetFinalizer', 'AddCleanup'], behavior: runs(1, 'concurrent', 'at-most-once', 'a separate goroutine runs it after the object has become unreachable') },
  { package: 'net/http', names: ['HandleFunc', 'ServeMux.HandleFunc'], behavior: runs(1, 'concurrent', 'many-at-once', 'each connection has a goroutine that calls the handler') },
  { package: 'net/http', names: ['Handle', 'ServeMux.Handle', 'ListenAndServe', 'Serve', 'ServeTLS'], behavior: serves(1, 'each connection has a goroutine that calls the handler') },
  { package: 'net/http', names: ['ListenAndServeTLS'], behavior: serves(3) },
  { package: 'net/http', names: ['Server.RegisterOnShutdown'], behavior: runs(0, 'concurrent', 'at-most-once', 'Shutdown starts each in its own goroutine') },
  { package: 'net/http/httptest', names: ['NewServer', 'NewTLSServer', 'NewUnstartedServer'], behavior: serves(0) },
  { package: 'net/rpc', names: ['Register', 'Server.Register'], behavior: { runs: [{ argument: 0, when: 'concurrent', times: 'many-at-once', methods: ['*'] }], because: 'each request calls the method in its own goroutine' } },
  { package: 'net/rpc', names: ['RegisterName', 'Server.RegisterName'], behavior: { runs: [{ argument: 1, when: 'concurrent', times: 'many-at-once', methods: ['*'] }] } },
  { package: 'testing', names: ['T.Run', 'B.Run'], behavior: runs(1, 'now-elsewhere', 'once', 'runs f in a separate goroutine and blocks until f returns or calls t.Parallel') },
  { package: 'testing', names: ['B.RunParallel'], behavior: runs(0, 'now-elsewhere', 'many-at-once', 'creates multiple goroutines and waits for them') },
  { package: 'testing', names: ['F.Fuzz'], behavior: runs(0, 'now-elsewhere', 'many', 'each input runs as a subtest') },
  { package: 'testing', names: ['Benchmark'], behavior: runs(0, 'now-elsewhere', 'many') },
  { package: 'internal/synctest', names: ['Run'], behavior: runs(0, 'now-elsewhere', 'once', 'waits for all goroutines of the bubble to exit') },
  { package: 'testing/synctest', names: ['Test'], behavior: runs(1, 'now-elsewhere', 'once', 'waits for all goroutines of the bubble to exit') },
];

const pureFunctions: readonly (readonly [path: string, names: readonly string[]])[] = [
  ['math', ['Abs', 'Acos', 'Asin', 'Atan', 'Atan2', 'Cbrt', 'Ceil', 'Copysign', 'Cos', 'Cosh', 'Exp', 'Exp2', 'Float32bits', 'Float32frombits', 'Float64bits', 'Float64frombits', 'Floor', 'Hypot', 'Inf', 'IsInf', 'IsNaN', 'Log', 'Log10', 'Log1p', 'Log2', 'Max', 'Min', 'Mod', 'NaN', 'Pow', 'Remainder', 'Round', 'RoundToEven', 'Signbit', 'Sin', 'Sinh', 'Sqrt', 'Tan', 'Tanh', 'Trunc']],
  ['math/bits', ['LeadingZeros', 'LeadingZeros8', 'LeadingZeros16', 'LeadingZeros32', 'LeadingZeros64', 'TrailingZeros', 'TrailingZeros32', 'TrailingZeros64', 'OnesCount', 'OnesCount32', 'OnesCount64', 'Len', 'Len8', 'Len16', 'Len32', 'Len64', 'Reverse32', 'Reverse64', 'RotateLeft32', 'RotateLeft64']],
  ['strings', ['Clone', 'Compare', 'Contains', 'ContainsAny', 'ContainsRune', 'Count', 'EqualFold', 'HasPrefix', 'HasSuffix', 'Index', 'IndexAny', 'IndexByte', 'IndexRune', 'LastIndex', 'LastIndexAny', 'LastIndexByte', 'Repeat', 'Replace', 'ReplaceAll', 'ToLower', 'ToTitle', 'ToUpper', 'ToValidUTF8', 'Trim', 'TrimLeft', 'TrimPrefix', 'TrimRight', 'TrimSpace', 'TrimSuffix']],
  ['strconv', ['FormatBool', 'FormatFloat', 'FormatInt', 'FormatUint', 'Itoa', 'Quote', 'QuoteToASCII', 'QuoteRune']],
  ['unicode', ['In', 'Is', 'IsControl', 'IsDigit', 'IsGraphic', 'IsLetter', 'IsLower', 'IsNumber', 'IsPrint', 'IsPunct', 'IsSpace', 'IsSymbol', 'IsTitle', 'IsUpper', 'SimpleFold', 'ToLower', 'ToTitle', 'ToUpper']],
  ['unicode/utf8', ['FullRune', 'FullRuneInString', 'RuneCountInString', 'RuneLen', 'RuneStart', 'ValidRune', 'ValidString']],
  ['path', ['Base', 'Clean', 'Dir', 'Ext', 'IsAbs', 'Join']],
  ['path/filepath', ['Base', 'Clean', 'Dir', 'Ext', 'FromSlash', 'IsAbs', 'IsLocal', 'Join', 'ToSlash', 'VolumeName']],
  ['cmp', ['Compare', 'Less']],
  ['html', ['EscapeString', 'UnescapeString']],
  ['net/url', ['PathEscape', 'QueryEscape']],
  ['reflect', ['TypeOf', 'TypeFor', 'PointerTo']],
  ['context', ['Background', 'TODO']],
  ['time', ['Duration.Hours', 'Duration.Microseconds', 'Duration.Milliseconds', 'Duration.Minutes', 'Duration.Nanoseconds', 'Duration.Round', 'Duration.Seconds', 'Duration.String', 'Duration.Truncate', 'Month.String', 'Weekday.String', 'Time.Add', 'Time.AddDate', 'Time.After', 'Time.Before', 'Time.Compare', 'Time.Equal', 'Time.IsZero', 'Time.Nanosecond', 'Time.Round', 'Time.Sub', 'Time.Truncate', 'Time.UTC', 'Time.Unix', 'Time.UnixMicro', 'Time.UnixMilli', 'Time.UnixNano', 'Unix', 'UnixMilli', 'UnixMicro']],
];

/** They wait, tell the time or make something that is nobody's yet. */
const quietFunctions: readonly (readonly [path: string, names: readonly string[]])[] = [
  ['time', ['Sleep', 'Now', 'Since', 'Until', 'After', 'Tick', 'NewTimer', 'NewTicker', 'Date', 'Parse', 'ParseDuration', 'Time.Format']],
  ['runtime', ['Gosched', 'GC', 'NumGoroutine', 'NumCPU', 'GOMAXPROCS', 'KeepAlive', 'ReadMemStats']],
  ['math/rand', ['Int', 'Intn', 'Int31', 'Int31n', 'Int63', 'Int63n', 'Uint32', 'Uint64', 'Float32', 'Float64', 'Perm', 'Seed']],
  ['math/rand/v2', ['Int', 'IntN', 'Int32', 'Int32N', 'Int64', 'Int64N', 'Uint32', 'Uint32N', 'Uint64', 'Uint64N', 'Float32', 'Float64', 'N', 'Perm']],
  ['errors', ['New']],
  ['strings', ['Fields', 'Split', 'SplitN', 'SplitAfter', 'SplitAfterN', 'Cut', 'CutPrefix', 'CutSuffix', 'Join', 'Title', 'NewReader', 'NewReplacer']],
  ['strconv', ['Atoi', 'ParseBool', 'ParseFloat', 'ParseInt', 'ParseUint', 'Unquote']],
  ['os', ['Getenv', 'LookupEnv', 'Getpid', 'Hostname', 'Getwd']],
  ['testing', ['common.Helper', 'common.Name', 'common.Failed', 'common.Skipped', 'TB.Helper', 'TB.Name', 'TB.Failed', 'TB.Skipped', 'B.ResetTimer', 'B.StartTimer', 'B.StopTimer', 'B.ReportAllocs', 'B.SetBytes', 'Short', 'Verbose']],
];

const printing: readonly string[] = ['Print', 'Printf', 'Println'];

/** They look at what they are given, with reflection or methods such as String, and give text. Loggers lock only what is theirs. */
const lookingFunctions: readonly (readonly [path: string, names: readonly string[]])[] = [
  ['fmt', [...printing, 'Sprint', 'Sprintf', 'Sprintln', 'Errorf']],
  ['log', [...printing, ...printing.map((name) => `Logger.${name}`)]],
  ['log/slog', ['Debug', 'Info', 'Warn', 'Error', 'Logger.Debug', 'Logger.Info', 'Logger.Warn', 'Logger.Error']],
  ['testing', ['Log', 'Logf', 'Error', 'Errorf'].flatMap((name) => [`common.${name}`, `TB.${name}`])],
  ['encoding/json', ['Marshal', 'MarshalIndent']],
  ['encoding/xml', ['Marshal', 'MarshalIndent']],
  ['reflect', ['DeepEqual']],
  ['maps', ['Clone', 'Equal']],
  ['slices', ['Clone', 'Concat', 'Repeat', 'Contains', 'Index', 'Equal', 'Compare', 'Max', 'Min', 'IsSorted', 'BinarySearch']],
];

const byName = new Map<string, Behavior>([
  ...[...neverReturning, ...runningNow, ...runningLater, ...runningConcurrently].flatMap((group) =>
    group.names.map((name): [string, Behavior] => [`${group.package}.${name}`, group.behavior]),
  ),
  ...pureFunctions.flatMap(([path, names]) => names.map((name): [string, Behavior] => [`${path}.${name}`, { pure: true }])),
  ...quietFunctions.flatMap(([path, names]) => names.map((name): [string, Behavior] => [`${path}.${name}`, { quiet: true }])),
  ...lookingFunctions.flatMap(([path, names]) => names.map((name): [string, Behavior] => [`${path}.${name}`, { looks: true }])),
]);

/**
 * What is known of a function (`Exit`) or method (`Once.Do`, by the type that declares it: `common.Fatal` for `T.Fatal`)
 * of a package; undefined if nothing is.
 */
export function behaviorOf(packagePath: string, symbol: string): Behavior | undefined {
  return byName.get(`${packagePath}.${symbol}`);
}

/** Every function with a known behavior, as `path.Name` or `path.Type.Name`. */
export function functionsWithBehavior(): readonly string[] {
  return [...byName.keys()];
}

/** The page that documents a function: `https://pkg.go.dev/sync#Once.Do`. */
export function documentationOf(packagePath: string, symbol: string): string {
  return `https://pkg.go.dev/${packagePath}#${symbol.replace(/^common\./, 'TB.')}`;
}
