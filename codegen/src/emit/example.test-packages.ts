import { selectProtocol } from "../protocol/protocol.ts";
import { exampleService, type Part, type Parts } from "../reader/example.test-model.ts";
import { emitCorePackage } from "./core/core-package.ts";
import { emitEdgePackage } from "./edge/edge-package.ts";
import { emitMocksPackage } from "./mocks/mocks-package.ts";
import { emitNodePackage } from "./node/node-package.ts";
import { type GeneratedPackage, planPackages } from "./package-plan.ts";

/** The four packages of a small model. */
export function examplePackages(shapes: Parts, service?: Part): readonly GeneratedPackage[] {
  const read = exampleService(shapes, service);
  const plan = planPackages(read, selectProtocol(read), "1.2.3");
  return [emitCorePackage, emitNodePackage, emitEdgePackage, emitMocksPackage].map((emit) =>
    emit(plan),
  );
}

/** One file of them, such as `core/src/types.ts`; empty where there is none. */
export function exampleFile(path: string, shapes: Parts, service?: Part): string {
  const file = examplePackages(shapes, service)
    .flatMap(({ directory, files }) =>
      files.map(({ path: inside, text }) => ({ path: `${directory}/${inside}`, text })),
    )
    .find((found) => found.path === `example/${path}`);
  return file?.text ?? "";
}

/** The lines of one declaration in it, from the one that begins so; none where there is none. */
export function exampleLines(
  path: string,
  start: string,
  shapes: Parts,
  service?: Part,
): readonly string[] {
  const declarations = exampleFile(path, shapes, service).split(/\n+(?=\S)/);
  const first = declarations.findIndex((part) => part.startsWith(start));
  if (first < 0) return [];
  // The line that closes a declaration stands at the margin, too.
  const closing = declarations.slice(first + 1).findIndex((part) => !/^[)}\]]/.test(part));
  const end = closing < 0 ? declarations.length : first + 1 + closing;
  return declarations.slice(first, end).join("\n").trimEnd().split("\n");
}
