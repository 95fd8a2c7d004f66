export {};

declare function join(name: string): Promise<{ leave(): void }>;

let room: { leave(): void } | undefined;
let second: { leave(): void } | undefined;
let third: { leave(): void } | undefined;
let fourth: { leave(): void } | undefined;
let fifth: { leave(): void } | undefined;
let sixth: { leave(): void } | undefined;
let seventh: { leave(): void } | undefined;

const button = document.querySelector<HTMLButtonElement>('#join');

// ok: nobody can click again while it works
button?.addEventListener('click', async () => {
  if (room) return room.leave();
  button.disabled = true;
  room = await join('a');
  button.disabled = false;
});

const $ = (id: string): HTMLElement => document.getElementById(id)!;

async function joinSecond(): Promise<void> {
  const control = $('second') as HTMLButtonElement;
  if (second) return second.leave();
  control.disabled = true;
  try {
    // ok: the control that starts it is looked up again
    second = await join('b');
  } catch {
    control.disabled = false;
  }
}
$('second').addEventListener('click', joinSecond);

async function joinThird(): Promise<void> {
  const control = $('other') as HTMLButtonElement;
  if (third) return third.leave();
  control.disabled = true;
  third = await join('c'); // want `third was missing before the await`
}
$('third').addEventListener('click', joinThird);

// Another way to the same.
async function joinFourth(): Promise<void> {
  const control = $('fourth') as HTMLButtonElement;
  if (fourth) return fourth.leave();
  control.disabled = true;
  fourth = await join('d'); // want `fourth was missing before the await`
}
$('fourth').addEventListener('click', joinFourth);
document.addEventListener('keydown', joinFourth);

// Disabled when it has waited.
button?.addEventListener('click', async () => {
  if (fifth) return fifth.leave();
  fifth = await join('e'); // want `fifth was missing before the await`
  button.disabled = true;
});

// Enabled again before it is done.
button?.addEventListener('click', async () => {
  if (sixth) return sixth.leave();
  button.disabled = true;
  const found = await join('f');
  button.disabled = false;
  await join('g');
  sixth = found; // want `sixth was missing before the await`
});

// Keys go on coming to what is around the button.
document.body.addEventListener('keydown', async () => {
  if (seventh || !button) return;
  button.disabled = true;
  seventh = await join('h'); // want `seventh was missing before the await`
});
