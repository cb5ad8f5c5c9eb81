import { closureOf } from "../ir/closure.ts";
import { propertyName, shapeConstant } from "../ir/naming.ts";
import { selectCheck } from "../ir/pattern.ts";
import type { Presence } from "../ir/presence.ts";
import type { Bounds, Constraints, Member, Shape } from "../ir/shape.ts";
import { membersOf } from "../ir/shape.ts";
import type { Code, CodeValue, ImportedSymbol } from "./code.ts";
import { code, importedType } from "./code.ts";
import { emitArray, emitObject } from "./literal.ts";

/** Which shapes a module says the constraints of, and where the others of their closure are said. */
export interface ShapeModule {
  readonly shapes: readonly Shape[];
  readonly isPresent: Presence;
  readonly imported: (shape: Shape) => ImportedSymbol | undefined;
}

/** Structures and unions get a constant each: the rest is printed where it is used. */
function hasShapeConstant({ type }: Shape): boolean {
  return type === "structure" || type === "union";
}

/** Constants for shapes, each after those that it refers to. Where that cannot be, it refers through a getter. */
export function emitShapeConstants({ shapes, isPresent, imported }: ShapeModule): readonly Code[] {
  const own = new Set(shapes);
  const declared = new Set<Shape>();
  return sortByReference(shapes).map((shape) => {
    const reference = (target: Shape): Reference =>
      own.has(target)
        ? { name: shapeConstant(target), declared: declared.has(target) }
        : { name: imported(target) ?? shapeConstant(target), declared: true };
    const Type = importedType(
      shape.type === "union" ? "UnionShape" : "StructureShape",
      "@pawprint/runtime/protocol",
    );
    const constant = code`
      export const ${shapeConstant(shape)}: ${Type} = ${emitAggregate(shape, isPresent, reference)};
    `;
    declared.add(shape);
    return constant;
  });
}

interface Reference {
  readonly name: CodeValue;
  readonly declared: boolean;
}

type Refer = (target: Shape) => Reference;

/** Depth first, so that only a reference back to a shape under way comes before its constant. */
function sortByReference(shapes: readonly Shape[]): readonly Shape[] {
  const own = new Set(shapes);
  const sorted = new Set<Shape>();
  const visited = new Set<Shape>();
  const visit = (shape: Shape): void => {
    if (visited.has(shape)) return;
    visited.add(shape);
    for (const { target } of membersOf(shape)) visit(target);
    if (own.has(shape)) sorted.add(shape);
  };
  for (const shape of shapes) visit(shape);
  return [...sorted];
}

function emitAggregate(shape: Shape, isPresent: Presence, refer: Refer): Code {
  const members = membersOf(shape);
  const required = members
    .filter((member) => isPresent(shape, member))
    .map(({ name }) => JSON.stringify(name));
  return code`
    {
      type: ${JSON.stringify(shape.type)},
      ${required.length > 0 && code`required: ${emitArray(required)},`}
      members: {
        ${members.map((member) => code`${emitProperty(member.name, member, refer)},`)}
      },
      ${shape.sensitive && "sensitive: true,"}
    }
  `;
}

/** `Name: shape`, or a getter where the shape's constant comes later. */
function emitProperty(name: string, member: Member, refer: Refer): Code {
  const pending = [...referencesOf(member.target)].some((target) => !refer(target).declared);
  const value = emitShape(member.target, member, refer);
  const Shape = importedType("Shape", "@pawprint/runtime/protocol");
  if (!pending) {
    // The compiler takes a member with the name of a method of every object for that method.
    const asserted = name in Object.prototype && code` as ${Shape}`;
    return code`${propertyName(name)}: ${value}${asserted}`;
  }
  return code`
    get ${propertyName(name)}(): ${Shape} {
      return ${value};
    }
  `;
}

/** The constants that the expression for a shape names. */
function referencesOf(shape: Shape): ReadonlySet<Shape> {
  if (hasShapeConstant(shape)) return new Set([shape]);
  const members = membersOf(shape).map(({ target }) => target);
  return new Set(members.flatMap((member) => [...referencesOf(member)]));
}

function emitShape(shape: Shape, member: Member, refer: Refer): Code {
  const { constraints } = member;
  const sensitive = member.sensitive && "sensitive: true";
  switch (shape.type) {
    case "structure":
    case "union":
      return code`${refer(shape).name}`;
    case "string":
      return emitFields([
        'type: "string"',
        ...bounds(constraints.length),
        pattern(constraints),
        sensitive,
      ]);
    case "enum": {
      const values = shape.values.map(({ value }) => JSON.stringify(value));
      return emitFields([
        'type: "string"',
        values.length > 0 && code`values: ${emitArray(values)}`,
        sensitive,
      ]);
    }
    case "intEnum":
      return emitFields(['type: "integer"', sensitive]);
    case "blob":
      return emitFields(['type: "blob"', ...bounds(constraints.length), sensitive]);
    case "list":
      return emitFields([
        'type: "list"',
        ...bounds(constraints.length),
        constraints.uniqueItems && "unique: true",
        shape.sparse && "sparse: true",
        sensitive,
        code`member: ${emitShape(shape.member.target, shape.member, refer)}`,
      ]);
    case "map":
      return emitFields([
        'type: "map"',
        ...bounds(constraints.length),
        shape.sparse && "sparse: true",
        sensitive,
        code`key: ${emitShape(shape.key.target, shape.key, refer)}`,
        code`value: ${emitShape(shape.value.target, shape.value, refer)}`,
      ]);
    case "boolean":
    case "document":
    case "timestamp":
      return emitFields([`type: "${shape.type}"`, sensitive]);
    default:
      return emitFields([`type: "${shape.type}"`, ...bounds(constraints.range), sensitive]);
  }
}

function emitFields(fields: readonly CodeValue[]): Code {
  return emitObject(fields.filter((field) => field !== false && field !== undefined));
}

function bounds(given: Bounds | undefined): readonly (string | undefined)[] {
  const { min, max } = given ?? { min: undefined, max: undefined };
  return [
    min === undefined || min === Number.NEGATIVE_INFINITY ? undefined : `min: ${min}`,
    max === undefined ? undefined : `max: ${max}`,
  ];
}

function pattern(constraints: Constraints): string | undefined {
  const expression = selectCheck(constraints);
  return expression === undefined ? undefined : `pattern: ${String(expression)}`;
}

/** The structures and unions of a closure, in the model's order. */
export function aggregatesOf(roots: readonly Shape[], all: readonly Shape[]): readonly Shape[] {
  const closure = closureOf(roots);
  return all.filter((shape) => closure.has(shape) && hasShapeConstant(shape));
}
