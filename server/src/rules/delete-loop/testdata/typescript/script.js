/** @type {Map<string, number>} */
const typed = new Map();
const inferred = new Set();

export function reset() {
  for (const key of typed.keys()) typed.delete(key) // want `deletes every key of typed`
  inferred.forEach((each) => inferred.delete(each)) // want `deletes every element of inferred`
}

export function comments() {
  for (const key of typed.keys()) { // want `deletes every key of typed`
    // Each of them, one after another.
    typed.delete(key)
  }
}

export function unknown(given) {
  for (const key of given.keys()) given.delete(key) // ok: nothing is known of what is given
}
