/** @type {Record<string, number>} */
const own = {}

export function forget() {
  Object.keys(require.cache).forEach((key) => delete require.cache[key]) // ok: the program has no other container for it
  for (const key in require.cache) delete require.cache[key] // ok: the same
}

export function reset() {
  Object.keys(own).forEach((key) => delete own[key]) // want `deletes every key of own`
}
