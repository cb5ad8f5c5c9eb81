/** A model's size and the time it takes. */
export interface Point {
  readonly size: number;
  readonly time: number;
}

/** `time = factor * size ** exponent`: an exponent of 1 is growth in proportion. */
export interface Growth {
  readonly factor: number;
  readonly exponent: number;
  /** How much of the differences between the points the curve explains, from 0 to 1. */
  readonly fit: number;
}

/** The power law that is nearest to points, by least squares of their logarithms. */
export function fitGrowth(points: readonly Point[]): Growth {
  if (new Set(points.map(({ size }) => size)).size < 2) {
    throw new RangeError("growth is seen from two sizes on");
  }
  if (points.some(({ size, time }) => size <= 0 || time <= 0)) {
    throw new RangeError("sizes and times are above zero");
  }
  const xs = points.map(({ size }) => Math.log(size));
  const ys = points.map(({ time }) => Math.log(time));
  const covariance = mean(xs.map((x, index) => (x - mean(xs)) * ((ys[index] ?? 0) - mean(ys))));
  const exponent = covariance / variance(xs);
  return {
    exponent,
    factor: Math.exp(mean(ys) - exponent * mean(xs)),
    fit: variance(ys) === 0 ? 1 : covariance ** 2 / (variance(xs) * variance(ys)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  return mean(values.map((value) => (value - mean(values)) ** 2));
}
