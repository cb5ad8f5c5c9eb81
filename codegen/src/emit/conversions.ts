import { parserName, serializerName } from "../ir/naming.ts";
import type { Service } from "../ir/service.ts";
import type { Shape } from "../ir/shape.ts";
import type { Direction, WireFormat } from "../protocol/wire-format.ts";
import type { ImportedSymbol } from "./code.ts";
import { importedValue } from "./code.ts";
import { aggregatesOf } from "./shapes.ts";

/** Which package prints what: the client's side of each shape is in core, the other side in the mocks. */
export interface Division {
  readonly shapes: readonly Shape[];
  readonly serialize: readonly Shape[];
  readonly parse: readonly Shape[];
}

/** What a client needs: the constraints of inputs, their serializers, and the parsers of outputs and errors. */
export function divideForCore(service: Service, format: WireFormat): Division {
  const inputs = aggregatesOf(inputsOf(service), service.shapes);
  const outputs = aggregatesOf(outputsOf(service), service.shapes);
  return {
    shapes: inputs,
    serialize: inputs.filter((shape) => format.needsConversion(shape, "serialize")),
    parse: outputs.filter((shape) => format.needsConversion(shape, "parse")),
  };
}

/** What a server needs beyond that. */
export function divideForMocks(service: Service, format: WireFormat): Division {
  const core = divideForCore(service, format);
  const inputs = aggregatesOf(inputsOf(service), service.shapes);
  const outputs = aggregatesOf(outputsOf(service), service.shapes);
  const without = (shapes: readonly Shape[], others: readonly Shape[]): readonly Shape[] => {
    const known = new Set(others);
    return shapes.filter((shape) => !known.has(shape));
  };
  return {
    shapes: without(outputs, core.shapes),
    serialize: without(
      outputs.filter((shape) => format.needsConversion(shape, "serialize")),
      core.serialize,
    ),
    parse: without(
      inputs.filter((shape) => format.needsConversion(shape, "parse")),
      core.parse,
    ),
  };
}

/** The function that converts a structure or union, in its file. */
export function conversionFunction(
  shape: Shape,
  direction: Direction,
  from: string,
): ImportedSymbol {
  return importedValue(direction === "serialize" ? serializerName(shape) : parserName(shape), from);
}

function inputsOf({ operations }: Service): readonly Shape[] {
  return operations.flatMap(({ input }) => input ?? []);
}

function outputsOf({ operations }: Service): readonly Shape[] {
  return operations.flatMap(({ output, errors }) => [
    ...(output === undefined ? [] : [output]),
    ...errors,
  ]);
}
