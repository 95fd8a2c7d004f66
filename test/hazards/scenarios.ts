// For each rule about races across await what really happens: an order of events in which the code that is reported goes
// wrong, and in which the mended code does not.

import { settled, type Module, type World } from './world.ts';

export interface Scenario {
  readonly rule: string;
  /** The file of the rule's TypeScript fixture. */
  readonly file: string;
  readonly title: string;
  /** What the mended code has in place of the reported one; without it the golden file is the mended code. */
  readonly mended?: readonly (readonly [from: string, to: string])[];
  /** More code of the module, to look at what it does not export. */
  readonly observer?: string;
  /** What is seen after the events. */
  readonly run: (module: Module, world: World) => Promise<unknown>;
  readonly reported: unknown;
  readonly fine: unknown;
}

/** Rules of which no order of events in one thread shows the defect. */
export const notRun: Readonly<Record<string, string>> = {
  'unbounded-cache': 'memory grows; nothing goes wrong at a moment',
};

async function resolveAll({ calls }: World, value: (given: readonly unknown[]) => unknown): Promise<void> {
  for (let i = 0; i < calls.length; i++) await calls[i]!.resolve(value(calls[i]!.given));
}

export const scenarios: readonly Scenario[] = [
  {
    rule: 'check-then-act',
    file: 'cache.ts',
    title: 'two callers load the same value',
    run: async ({ stampede }, world) => {
      const both = [stampede('a'), stampede('a')];
      await resolveAll(world, () => 'value');
      await Promise.all(both);
      return world.given('load').length;
    },
    reported: 2,
    fine: 1,
  },
  {
    rule: 'check-then-act',
    file: 'cache.ts',
    title: 'both pass the test before either adds',
    run: async ({ visit }, world) => {
      void visit('a');
      void visit('a');
      await settled();
      return world.given('notify');
    },
    reported: ['a', 'a'],
    fine: ['a'],
  },
  {
    rule: 'check-then-act',
    file: 'cache.ts',
    title: 'the first connection is dropped for a second one',
    run: async ({ Pool }, world) => {
      const pool = new Pool();
      const both = [pool.get(), pool.get()];
      await resolveAll(world, () => ({}));
      await Promise.all(both);
      return world.given('connect').length;
    },
    reported: 2,
    fine: 1,
  },
  {
    rule: 'check-then-act',
    file: 'asked.ts',
    title: 'the screen is captured twice, and one of the streams is never stopped',
    run: async ({ Call }, world) => {
      const call = new Call();
      const both = [call.setSharing(true, 'a'), call.setSharing(true, 'a')];
      await resolveAll(world, () => ({ stop() {} }));
      await Promise.all(both);
      return world.given('capture').length;
    },
    reported: 2,
    fine: 1,
  },
  {
    rule: 'check-then-act',
    file: 'cache.ts',
    title: 'busy is said too late',
    run: async ({ Pool }, world) => {
      const pool = new Pool();
      void pool.flush();
      void pool.flush();
      await settled();
      return world.given('notify');
    },
    reported: ['flush', 'flush'],
    fine: ['flush'],
  },
  {
    rule: 'check-then-act',
    file: 'cache.ts',
    title: 'the connection of one caller is not the one in the map',
    run: async ({ Pool }, world) => {
      const pool = new Pool();
      const both = [pool.entry('a'), pool.entry('a')];
      await resolveAll(world, () => ({}));
      const [one, other] = await Promise.all(both);
      return one === other && world.given('connect').length === 1;
    },
    reported: false,
    fine: true,
  },
  {
    rule: 'check-then-act',
    file: 'gone.ts',
    title: 'the second call uses what the first one has removed',
    mended: [['await save();\n    const session = this.#session;\n    this.#session = undefined;\n', 'const session = this.#session;\n    this.#session = undefined;\n    await save();\n']],
    run: async ({ Client }, world) => {
      const client = new Client();
      let ended = 0;
      client.open('a', { end: () => ended++, isOpen: () => true, commit: async () => {} });
      const both = [client.close(), client.close()].map((each: Promise<unknown>) => each.then(() => 'closed', () => 'failed'));
      await resolveAll(world, () => undefined);
      return [...(await Promise.all(both)), ended];
    },
    reported: ['closed', 'failed', 1],
    fine: ['closed', 'closed', 1],
  },
  {
    rule: 'check-then-act',
    file: 'lists.ts',
    title: 'two calls are added for one member',
    mended: [['await connect(id);\n    this.#add(call);', 'this.#add(call);\n    await connect(id);']],
    run: async ({ Group }, world) => {
      const group = new Group();
      const both = [group.invite('a'), group.invite('a')];
      await resolveAll(world, () => undefined);
      await Promise.all(both);
      return world.calls.length;
    },
    reported: 2,
    fine: 1,
  },
  {
    rule: 'successor-deleted',
    file: 'index.ts',
    title: 'the timer of an element that is gone takes out the last one',
    mended: [['this.#timers.splice(this.#timers.indexOf(timer), 1);', 'if (this.#timers.includes(timer)) this.#timers.splice(this.#timers.indexOf(timer), 1);']],
    run: async ({ Delay }) => {
      const delay = new Delay();
      const [first, second] = [{}, {}];
      delay.add(first);
      delay.reset();
      delay.keep(second);
      await new Promise((resolve) => setTimeout(resolve, 150));
      return delay.size;
    },
    reported: 0,
    fine: 1,
  },
  {
    rule: 'check-then-act',
    file: 'fixes.ts',
    title: 'after an error the next call tries again, and all that waited have the error',
    run: async ({ opened }, world) => {
      const both = [opened(), opened()].map((each: Promise<unknown>) => each.catch(() => 'failed'));
      await settled();
      for (const call of [...world.calls]) await call.reject(new Error('no'));
      await Promise.all(both);
      void opened();
      return world.given('connect').length;
    },
    reported: 3,
    fine: 2,
  },
  ...(['add', 'compound'] as const).map(
    (name): Scenario => ({
      rule: 'lost-update',
      file: 'counters.ts',
      title: `one of two additions is lost (${name})`,
      observer: 'export const seen = () => total;',
      run: async (module, world) => {
        const both = [module[name]('a'), module[name]('b')];
        await resolveAll(world, () => 1);
        await Promise.all(both);
        return module.seen();
      },
      reported: 1,
      fine: 2,
    }),
  ),
  {
    rule: 'lost-update',
    file: 'counters.ts',
    title: 'one of two counts of a key is lost',
    observer: "export const seen = () => counts.get('a');",
    run: async ({ count, seen }, world) => {
      const both = [count('a'), count('a')];
      await resolveAll(world, () => 1);
      await Promise.all(both);
      return seen();
    },
    reported: 1,
    fine: 2,
  },
  {
    rule: 'lost-update',
    file: 'counters.ts',
    title: 'one of two deposits is lost',
    mended: [['    const before = this.balance;\n    const amount = await price(id);\n', '    const amount = await price(id);\n    const before = this.balance;\n']],
    run: async ({ Account }, world) => {
      const account = new Account();
      const both = [account.deposit('a'), account.deposit('b')];
      await resolveAll(world, () => 5);
      await Promise.all(both);
      return account.balance;
    },
    reported: 5,
    fine: 10,
  },
  {
    rule: 'lost-update',
    file: 'counters.ts',
    title: 'a sum over all at once keeps the last',
    run: async ({ sum }, world) => {
      const result = sum(['a', 'b', 'c']);
      await resolveAll(world, () => 1);
      return await result;
    },
    reported: 1,
    fine: 3,
  },
  {
    rule: 'check-then-act',
    file: 'accessors.ts',
    title: 'what a getter says is old after the await',
    run: async ({ Session }, world) => {
      const session = new Session();
      const both = [session.open(), session.open()];
      await resolveAll(world, () => ({ close: () => undefined }));
      await Promise.all(both);
      return world.given('connect').length;
    },
    reported: 2,
    fine: 1,
  },
  {
    rule: 'lost-update',
    file: 'sources.ts',
    title: 'one of two visits is not counted',
    mended: [['    const count = Number(await this.store.get(key));\n    await this.store.set(key, String(count + 1));', '    const turn = this.tail.then(async () => {\n      const count = Number(await this.store.get(key));\n      await this.store.set(key, String(count + 1));\n    });\n    this.tail = turn;\n    await turn;'], ['  constructor(private readonly store: Store) {}', '  private tail: Promise<unknown> = Promise.resolve();\n\n  constructor(private readonly store: Store) {}']],
    run: async ({ Visits }) => {
      const held = new Map<string, string>();
      const visits = new Visits({ get: async (key: string) => held.get(key) ?? '0', set: async (key: string, value: string) => void held.set(key, value) });
      await Promise.all([visits.count('a'), visits.count('a')]);
      return held.get('a');
    },
    reported: '1',
    fine: '2',
  },
  {
    rule: 'stale-write-after-clear',
    file: 'found.ts',
    title: 'what was cleared comes back',
    run: async ({ Store }, world) => {
      const store = new Store();
      const refreshing = store.refresh('a');
      store.reset();
      await resolveAll(world, () => 'old');
      await refreshing;
      return [...store.entries.keys()];
    },
    reported: ['a'],
    fine: [],
  },
  {
    rule: 'stale-write-after-clear',
    file: 'settled.ts',
    title: 'what a promise gives later comes back after the clear',
    mended: [['  load(key).then((value) => {\n    entries.set(key, value);', '  const mine = epoch;\n  load(key).then((value) => {\n    if (mine === epoch) entries.set(key, value);'], ['  entries.clear();', '  epoch++;\n  entries.clear();']],
    run: async ({ fetch, reset, seen }, world) => {
      fetch('a');
      reset();
      await resolveAll(world, () => 'old');
      return seen();
    },
    observer: 'export const seen = () => [...entries.keys()];',
    reported: ['a'],
    fine: [],
  },
  {
    rule: 'stale-write-after-clear',
    file: 'replaced.ts',
    title: 'what was asked for before is in the new map',
    run: async ({ fill, reset, seen }, world) => {
      const filling = fill('a');
      reset();
      await resolveAll(world, () => 'old');
      await filling;
      return seen();
    },
    observer: 'export const seen = () => [...current.keys()];',
    reported: ['a'],
    fine: [],
  },
  {
    rule: 'successor-deleted',
    file: 'found.ts',
    title: 'the first call removes the entry of the second',
    run: async ({ Loader }, world) => {
      const loader = new Loader();
      const first = loader.replace('a');
      void loader.replace('a');
      await world.calls[0]!.resolve('old');
      await first;
      return loader.latest.has('a');
    },
    reported: false,
    fine: true,
  },
  {
    rule: 'successor-deleted',
    file: 'found.ts',
    title: 'a cancelled load removes its successor',
    mended: [['        this.inflight.delete(key);', '        if (this.inflight.get(key) === promise) this.inflight.delete(key);']],
    run: async ({ Loader }, world) => {
      const loader = new Loader();
      void loader.get('a');
      loader.cancel('a');
      void loader.get('a');
      await world.calls[0]!.resolve('old');
      return loader.inflight.has('a');
    },
    reported: false,
    fine: true,
  },
  {
    rule: 'clear-loses-entries',
    file: 'found.ts',
    title: 'what is recorded while the batch is sent is never sent',
    run: async ({ Recorder }, world) => {
      const recorder = new Recorder();
      recorder.record('a');
      const flushing = recorder.flush();
      recorder.record('b');
      await world.calls[0]!.resolve();
      await flushing;
      void recorder.flush();
      return world.given('send');
    },
    reported: [['a'], []],
    fine: [['a'], ['b']],
  },
  {
    rule: 'clear-loses-entries',
    file: 'found.ts',
    title: 'what is recorded while the keys are sent one by one is never sent',
    run: async ({ Recorder }, world) => {
      const recorder = new Recorder();
      recorder.record('a');
      recorder.record('b');
      const draining = recorder.drain();
      await world.calls[0]!.resolve();
      recorder.record('a');
      await world.calls[1]!.resolve();
      await draining;
      void recorder.drain();
      await settled();
      return world.given('one');
    },
    reported: ['a', 'b'],
    fine: ['a', 'b', 'a'],
  },
  {
    rule: 'clear-loses-entries',
    file: 'refilled.ts',
    title: 'while the new ones are fetched there are none',
    run: async ({ Slots }, world) => {
      const slots = new Slots();
      const first = slots.discover();
      await resolveAll(world, () => ['a']);
      await first;
      void slots.discover();
      await settled();
      return slots.slotOf('a') ?? 'nothing';
    },
    reported: 'nothing',
    fine: 'a',
  },
  {
    rule: 'clear-before-settled',
    file: 'found.ts',
    title: 'the work finds its jobs gone',
    run: async ({ drainAsync }, world) => {
      const draining = drainAsync(new Map([['a', 1]]));
      await resolveAll(world, () => undefined);
      await draining;
      return world.given('send');
    },
    reported: ['begin'],
    fine: ['begin', 'a'],
  },
  {
    rule: 'clear-before-settled',
    file: 'found.ts',
    title: 'nothing is left of the queue when it is sent',
    mended: [['export function stop(): void {\n  void flushQueue();\n  queue.length = 0;', 'export async function stop(): Promise<void> {\n  await flushQueue();\n  queue.length = 0;']],
    observer: "queue.push('a');",
    run: async ({ stop }, world) => {
      const stopping = stop();
      await resolveAll(world, () => undefined);
      await stopping;
      return world.given('send');
    },
    reported: ['begin'],
    fine: ['begin', 'a'],
  },
  {
    rule: 'iterated-across-await',
    file: 'found.ts',
    title: 'a job is passed over when another is taken',
    run: async ({ Queue }, world) => {
      const queue = new Queue();
      queue.jobs.push('a', 'b', 'c');
      const running = queue.run();
      queue.take();
      await resolveAll(world, () => undefined);
      await running;
      return world.given('work');
    },
    reported: ['a', 'c'],
    fine: ['a', 'b', 'c'],
  },
  {
    rule: 'iterated-across-await',
    file: 'counted.ts',
    title: 'a loop that counts passes over a job when another is taken',
    mended: [['    for (let i = 0; i < this.jobs.length; i++) {\n      await work(this.jobs[i]!);\n    }\n  }\n\n  // ok: the length', '    const jobs = [...this.jobs];\n    for (let i = 0; i < jobs.length; i++) {\n      await work(jobs[i]!);\n    }\n  }\n\n  // ok: the length']],
    run: async ({ Queue }, world) => {
      const queue = new Queue();
      queue.jobs.push('a', 'b', 'c');
      const running = queue.run();
      queue.take();
      await resolveAll(world, () => undefined);
      await running;
      return world.given('work');
    },
    reported: ['a', 'c'],
    fine: ['a', 'b', 'c'],
  },
  {
    rule: 'check-then-act',
    file: 'emptiness.ts',
    title: 'two callers find the dictionary empty',
    mended: [["    const value = await read();\n    entries['first'] = value;", "    const value = await read();\n    if (Object.keys(entries).length > 0) return;\n    entries['first'] = value;"]],
    observer: 'export const found = () => entries.first;',
    run: async ({ ensure, found }, world) => {
      const both = [ensure(), ensure()];
      await settled();
      const [first, second] = world.calls;
      await first!.resolve('first');
      const before = found();
      await second!.resolve('second');
      await Promise.all(both);
      return before === found();
    },
    reported: false,
    fine: true,
  },
  {
    rule: 'lost-update',
    file: 'typed-arrays.ts',
    title: 'of two additions to a byte one is lost',
    mended: [['  const before = bytes[3]!;\n  const amount = await price(id);\n  bytes.set([before + amount], 3);', '  const amount = await price(id);\n  bytes.set([bytes[3]! + amount], 3);']],
    observer: 'export const at = (index: number) => bytes[index];',
    run: async ({ set, at }, world) => {
      const both = [set('a'), set('b')];
      await resolveAll(world, () => 1);
      await Promise.all(both);
      return at(3);
    },
    reported: 1,
    fine: 2,
  },
  {
    rule: 'non-atomic-shared-memory',
    file: 'posted.ts',
    title: 'what was put in after posting never arrives',
    mended: [["  worker.postMessage(seen);\n  seen.add('a');", "  seen.add('a');\n  worker.postMessage(seen);"]],
    run: async ({ start }, world) => {
      start();
      return [...(world.given('post').at(-1) as Set<string>)];
    },
    reported: [],
    fine: ['a'],
  },
  {
    rule: 'rejected-promise-cached',
    file: 'found.ts',
    title: 'one failure is all that anybody gets',
    run: async ({ get }, world) => {
      const first = get('a').catch(() => 'failed');
      await world.calls[0]!.reject(new Error('down'));
      await first;
      const second = get('a').catch(() => 'failed');
      await settled();
      await world.calls[1]?.resolve({ text: () => Promise.resolve('page') });
      return await second;
    },
    reported: 'failed',
    fine: 'page',
  },
  {
    rule: 'request-state-in-module',
    file: 'found.ts',
    title: 'one user gets the page of another',
    mended: [['  current = user;\n', '  const current = user;\n']],
    run: async ({ handle }, world) => {
      const first = handle('ann');
      void handle('bob');
      await world.calls[0]!.resolve();
      return await first;
    },
    reported: '<bob>',
    fine: '<ann>',
  },
  {
    rule: 'non-atomic-shared-memory',
    file: 'found.ts',
    title: 'a transferred buffer has no memory',
    mended: [['  structuredClone(buffer, { transfer: [buffer] });\n  return new', '  structuredClone(buffer);\n  return new']],
    run: async ({ reuse }) => {
      try {
        return reuse(8).length;
      } catch (error) {
        return (error as Error).name;
      }
    },
    reported: 'TypeError',
    fine: 8,
  },
  {
    rule: 'state-mutated-in-place',
    file: 'state.tsx',
    title: 'a Set that is the same is not rendered again',
    mended: [['    selected.add(name);\n    setSelected(selected);', '    setSelected(new Set(selected).add(name));']],
    observer: 'export { React };',
    run: async ({ useSelection, React }) => {
      useSelection().select('a');
      return React.renders;
    },
    reported: 0,
    fine: 1,
  },
  {
    rule: 'state-mutated-in-place',
    file: 'state.tsx',
    title: 'what was added meanwhile is lost',
    observer: 'export { React };',
    run: async ({ useSelection, React }, world) => {
      const { add } = useSelection();
      const both = [add('a'), add('b')];
      await resolveAll(world, () => undefined);
      await Promise.all(both);
      return React.states[1];
    },
    reported: ['b'],
    fine: ['a', 'b'],
  },
];
