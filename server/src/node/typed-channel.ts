// The thread that analyses whole projects and packages, seen from the server.

import { Worker } from 'node:worker_threads';
import type { FileAnalysis } from '../analyzer.ts';
import type { Insight, TypedChannel, TypedRequest } from '../lsp/typed-tier.ts';

/** A request on its way to the thread. */
export interface TypedMessage extends TypedRequest {
  readonly id: number;
  /** Set if what is asked for is not the findings of the file but the operation at this place. */
  readonly offset?: number;
  /** What the shared counter was when it was sent: it is cancelled when the counter is another. */
  readonly generation: number;
}

export interface TypedReply {
  readonly id: number;
  /** Undefined if it was cancelled. */
  readonly analysis?: FileAnalysis;
  readonly insight?: Insight;
  readonly error?: string;
}

/** More than a project of a million lines takes. */
const memoryMegabytes = 4096;

/** @param script the bundle that runs `analyzeForMainThread` in a thread */
export function openTypedChannel(script: string): TypedChannel {
  const generation = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(script, { workerData: { generation }, resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes } });
  const waiting = new Map<number, { resolve(reply: TypedReply): void; reject(error: Error): void }>();
  let lastId = 0;
  const end = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (reply: TypedReply) => {
    const request = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) request?.resolve(reply);
    else request?.reject(new Error(reply.error));
  });
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`the thread ended with ${code}`)));
  worker.unref();
  const ask = (request: TypedRequest & { readonly offset?: number }): Promise<TypedReply> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ ...request, id, generation: Atomics.load(generation, 0) } satisfies TypedMessage);
    });
  return {
    analyze: async (request) => (await ask(request)).analysis,
    insightAt: async (request) => (await ask(request)).insight,
    cancel: () => void Atomics.add(generation, 0, 1),
    close: () => void worker.terminate(),
  };
}
