// A cell of an object of which no type says anything.

declare function capture(id: string): Promise<{ stop(): void }>;
declare const shared: any;

let cached = shared.client;
if (!cached) cached = shared.client = { connection: null };

// Nothing is known of its type, and it is one object.
export async function connection(id: string): Promise<unknown> {
  if (!cached.connection) cached.connection = await capture(id); // want `cached\.connection`
  return cached.connection;
}
