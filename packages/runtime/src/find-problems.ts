import { InputCheck, type ShapeChecks } from "./check-input.ts";
import type { InputProblem } from "./errors.ts";
import type { Shape } from "./shape.ts";
import {
  checkBigDecimal,
  checkBigInteger,
  checkBlob,
  checkDocument,
  checkDouble,
  checkLong,
  checkMap,
  checkUnion,
} from "./shape-checks.ts";

/** Every way in which a value breaks what a shape of any kind allows, in the order of the shape's members. */
export function findProblems(shape: Shape, value: unknown): readonly InputProblem[] {
  return new InputCheck(allChecks).run(shape, value).problems;
}

const allChecks: Required<ShapeChecks> = {
  bigDecimal: checkBigDecimal,
  bigInteger: checkBigInteger,
  blob: checkBlob,
  document: checkDocument,
  double: checkDouble,
  float: checkDouble,
  long: checkLong,
  map: checkMap,
  union: checkUnion,
};
