declare function check(user: string): Promise<void>;
declare function render(user: string): string;

let current = '';

export async function handle(user: string): Promise<string> {
  current = user;
  await check(user);
  return render(current); // want `current is read after the await as if it were still what this call wrote`
}
