/** The lower end of Wilson's 95 % interval for `successes` out of `trials`, which must not be 0. */
export function wilsonLowerBound(successes: number, trials: number): number {
  const z = 1.96;
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const margin = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return (centre - margin) / (1 + (z * z) / trials);
}
