import { cases } from "./cases.ts";
import { measureBundle } from "./measure-bundle.ts";

const sizes = await Promise.all(cases.map((entry) => measureBundle(entry, import.meta.dirname)));
const width = Math.max(...sizes.map(({ title }) => title.length));
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);

console.log(`${"bundle (esbuild)".padEnd(width)}  minified     gzip`);
for (const { title, minified, gzipped } of sizes) {
  console.log(`${title.padEnd(width)} ${kilobytes(minified)} ${kilobytes(gzipped)}`);
}
