import { escapeText } from "tools-performance-page/bars";
import type { Growth, Point } from "./growth.ts";

export interface LabelledPoint extends Point {
  readonly label: string;
}

const width = 640;
const height = 400;
const area = { left: 60, right: 610, top: 50, bottom: 350 };

/** Points and the curve nearest to them, both axes in powers of ten: growth in proportion has a slope of one. */
export function drawScatter(
  title: string,
  points: readonly LabelledPoint[],
  { factor, exponent }: Growth,
): string {
  const x = createAxis(
    points.map(({ size }) => size),
    area.left,
    area.right,
  );
  const y = createAxis(
    points.map(({ time }) => time),
    area.bottom,
    area.top,
  );
  const at = (size: number): string =>
    `${x.place(size).toFixed(1)} ${y.place(factor * size ** exponent).toFixed(1)}`;
  const sizes = points.map(({ size }) => size);
  const marks = [
    ...x.ticks.map(
      (tick) =>
        `  <text x="${x.place(tick).toFixed(1)}" y="${area.bottom + 20}" text-anchor="middle">${tick}</text>`,
    ),
    ...y.ticks.map(
      (tick) =>
        `  <text x="${area.left - 8}" y="${(y.place(tick) + 4).toFixed(1)}" text-anchor="end">${tick} s</text>`,
    ),
  ];
  const dots = points.map(
    ({ label, size, time }) =>
      `  <circle cx="${x.place(size).toFixed(1)}" cy="${y.place(time).toFixed(1)}" r="4"><title>${escapeText(label)}: ${size} shapes, ${time.toFixed(2)} s</title></circle>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(title)}">
  <style>
    text { font: 13px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; }
    circle { fill: #c2410c; }
    path { fill: none; stroke: #9aa4b2; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      circle { fill: #fb923c; }
      path { stroke: #6b7684; }
    }
  </style>
  <text class="title" x="10" y="24">${escapeText(title)}</text>
  <text x="${area.right}" y="${area.bottom + 38}" text-anchor="end">shapes in the model</text>
  <path d="M ${area.left} ${area.top} V ${area.bottom} H ${area.right}" />
${marks.join("\n")}
  <path class="fit" stroke-dasharray="5 4" d="M ${at(Math.min(...sizes))} L ${at(Math.max(...sizes))}" />
${dots.join("\n")}
</svg>
`;
}

interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

/** From the round number below the smallest value to that above the largest; round are 1, 2 and 5 of each power of ten. */
function createAxis(values: readonly number[], start: number, end: number): Axis {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const powers = Array.from({ length: 13 }, (_, index) => 10 ** (index - 6));
  const round = powers.flatMap((power) =>
    [1, 2, 5].map((step) => Number((step * power).toPrecision(1))),
  );
  const low = round.findLast((tick) => tick <= least) ?? least;
  const high = round.find((tick) => tick >= most) ?? most;
  const range = Math.log(high / low) || 1;
  return {
    place: (value) => start + (Math.log(value / low) / range) * (end - start),
    ticks: round.filter((tick) => tick >= low && tick <= high),
  };
}
