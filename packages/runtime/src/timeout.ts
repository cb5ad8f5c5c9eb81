/** Calls `onPassed` once the time is over, unless the function that it returns is called first. */
export function startTimeout(milliseconds: number, onPassed: () => void): () => void {
  if (milliseconds === 0 || milliseconds === Infinity) return () => {};
  // `setTimeout` fires at once for anything longer.
  const timer = setTimeout(onPassed, Math.min(milliseconds, 2 ** 31 - 1));
  return () => clearTimeout(timer);
}
