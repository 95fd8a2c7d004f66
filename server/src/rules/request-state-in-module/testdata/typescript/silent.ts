declare function check(user: string): Promise<void>;
declare function render(user: string): string;

let last = '';
let token = 0;

// ok: a variable of this call
export async function local(user: string): Promise<string> {
  const current = user;
  await check(user);
  return render(current);
}

// ok: read before anything waits
export async function before(user: string): Promise<string> {
  last = user;
  const text = render(last);
  await check(user);
  return text;
}

// ok: compared, to notice a newer call
export async function newest(user: string, id: number): Promise<string> {
  token = id;
  await check(user);
  return token === id ? render(user) : '';
}

// ok: written again after the await
export async function again(user: string): Promise<string> {
  last = user;
  await check(user);
  last = user;
  return render(last);
}

interface Driver {
  open(): Promise<void>;
  find(key: string): string;
}

declare const defaultDriver: Driver;
let driver: Driver;

// ok: set up once, for all functions that use it
export async function setup(given?: Driver): Promise<void> {
  driver = given ?? defaultDriver;
  await driver.open();
  await driver.open();
}

export function find(key: string): string {
  return driver.find(key);
}

let opened: Driver | undefined;
let opening: Promise<Driver> | undefined;

// ok: one at a time opens it
export async function open(given: Driver): Promise<Driver> {
  if (opened) return opened;
  if (opening) return opening;
  opening = (async () => {
    opened = given;
    await opened.open();
    return opened;
  })();
  return opening;
}
