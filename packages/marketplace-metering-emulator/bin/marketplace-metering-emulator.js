#!/usr/bin/env node
import { run } from "../dist/cli.js";

// Whoever reads the log may stop reading.
process.stdout.on("error", () => {});
process.exit(await run(process.argv.slice(2)));
