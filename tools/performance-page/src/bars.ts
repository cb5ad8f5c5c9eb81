/** A bar of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly isOurs: boolean;
}

const rowHeight = 28;
const labelWidth = 150;
const barWidth = 420;
const valueWidth = 70;
const top = 44;

/** A bar chart as SVG, for light and dark pages. It says in its title what the bars are. */
export function drawBars(title: string, bars: readonly Bar[]): string {
  const largest = Math.max(...bars.map(({ value }) => value));
  const width = labelWidth + barWidth + valueWidth;
  const height = top + bars.length * rowHeight + 12;
  const rows = bars.map(({ label, value, isOurs }, index) => {
    const y = top + index * rowHeight;
    const length = ((value / largest) * barWidth).toFixed(1);
    return [
      `  <text x="${labelWidth - 10}" y="${y + 14}" text-anchor="end">${escapeText(label)}</text>`,
      `  <rect class="${isOurs ? "ours" : "theirs"}" x="${labelWidth}" y="${y}" width="${length}" height="20" rx="3" />`,
      `  <text x="${labelWidth + Number(length) + 8}" y="${y + 14}">${value.toFixed(2)}</text>`,
    ].join("\n");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(title)}">
  <style>
    text { font: 13px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; }
    .ours { fill: #c2410c; }
    .theirs { fill: #9aa4b2; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .ours { fill: #fb923c; }
      .theirs { fill: #6b7684; }
    }
  </style>
  <text class="title" x="10" y="24">${escapeText(title)}</text>
${rows.join("\n")}
</svg>
`;
}

/** Text for the content of an element, or for an attribute in double quotes. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
