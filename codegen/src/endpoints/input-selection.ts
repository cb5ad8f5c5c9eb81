import { type Code, code } from "../emit/code.ts";
import { emitArray } from "../emit/literal.ts";
import type { EndpointParameter } from "../ir/endpoint-rules.ts";
import type { Shape, StructureShape } from "../ir/shape.ts";
import { type Address, ModelError } from "../reader/model-error.ts";
import type { InputPath } from "./input-path.ts";

/**
 * Prints an expression over `input` that gives what a path leads to, or `undefined`. What is absent
 * is left out of a list, and the keys of a map that is absent are none.
 */
export function emitInputSelection(
  path: InputPath,
  input: StructureShape,
  wanted: EndpointParameter["type"],
  address: Address,
): Code {
  const start = { code: code`input`, shape: input, absent: false, linkAbsent: false };
  const selected = withoutGaps(select(path, start, address));
  if (parameterType(selected.shape) !== wanted) {
    throw new ModelError(address, `leads to ${describe(selected.shape)}; ${wanted} belongs here`);
  }
  return selected.code;
}

/** An expression, and what it gives. */
interface Selected {
  readonly code: Code;
  readonly shape: Shape | SelectedList;
  /** Whether it may give nothing. */
  readonly absent: boolean;
  /** Whether `?.` must follow. It need not where a `?.` before ends the whole chain. */
  readonly linkAbsent: boolean;
}

/** A list that a path makes, for which the model has no shape. */
interface SelectedList {
  readonly type: "selectedList";
  readonly element: Element;
}

interface Element {
  readonly shape: Shape | SelectedList;
  /** Whether it may be missing where it stands. */
  readonly absent: boolean;
}

function select(path: InputPath, current: Selected, address: Address): Selected {
  switch (path.kind) {
    case "current":
      return current;
    case "member":
      return selectMember(select(path.of, current, address), path.name, address);
    case "projection":
      return selectEach(select(path.list, current, address), path.each, address);
    case "flattening":
      return selectFlat(path.list, current, address);
    case "selection":
      return selectItems(select(path.of, current, address), path.items, address);
    case "keys":
      return selectKeys(select(path.of, current, address), address);
  }
}

function selectMember(of: Selected, name: string, address: Address): Selected {
  const member = memberOf(of.shape, name);
  if (member === undefined) throw new ModelError(address, `${describe(of.shape)} has no ${name}`);
  return {
    code: code`${link(of)}${name}`,
    shape: member.shape,
    absent: of.absent || member.absent,
    linkAbsent: member.absent,
  };
}

function memberOf(shape: Selected["shape"], name: string): Element | undefined {
  if (shape.type === "map") return { shape: shape.value.target, absent: true };
  if (shape.type !== "structure" && shape.type !== "union") return undefined;
  const member = shape.members.find((candidate) => candidate.name === name);
  return member && { shape: member.target, absent: shape.type === "union" || !member.required };
}

function selectEach(list: Selected, each: InputPath, address: Address): Selected {
  const found = select(each, itemOf(list, address), address);
  if (elementOf(found.shape) !== undefined) {
    throw new ModelError(address, 'gives lists inside a list; "[]" behind them makes them one');
  }
  const mapped = found.absent
    ? code`flatMap((item) => ${found.code} ?? [])`
    : code`map((item) => ${found.code})`;
  return mappedList(list, mapped, { shape: found.shape, absent: false });
}

function selectFlat(path: InputPath, current: Selected, address: Address): Selected {
  const { list, each } =
    path.kind === "projection" ? path : { list: path, each: { kind: "current" } as const };
  const of = select(list, current, address);
  const found = select(each, itemOf(of, address), address);
  const element = elementOf(found.shape);
  if (element === undefined) return each.kind === "current" ? of : selectEach(of, each, address);
  const gap = found.absent ? " ?? []" : "";
  return mappedList(of, code`flatMap((item) => ${found.code}${gap})`, element);
}

function selectItems(of: Selected, paths: readonly InputPath[], address: Address): Selected {
  const items = paths.map((path) => select(path, of, address));
  const [first, ...others] = items;
  if (first === undefined || others.some(({ shape }) => shape.type !== first.shape.type)) {
    throw new ModelError(address, "the items between [ and ] are of different types");
  }
  const element = { shape: first.shape, absent: items.some(({ absent }) => absent) };
  return {
    code: emitArray(items.map((item) => item.code)),
    shape: { type: "selectedList", element },
    absent: false,
    linkAbsent: false,
  };
}

function selectKeys(map: Selected, address: Address): Selected {
  if (map.shape.type !== "map") throw new ModelError(address, `${describe(map.shape)} has no keys`);
  const element = { shape: map.shape.key.target, absent: false };
  return {
    code: code`Object.keys(${map.code}${map.absent && " ?? {}"})`,
    shape: { type: "selectedList", element },
    absent: false,
    linkAbsent: false,
  };
}

function withoutGaps(selected: Selected): Selected {
  const element = elementOf(selected.shape);
  if (!element?.absent) return selected;
  return mappedList(selected, code`flatMap((item) => item ?? [])`, { ...element, absent: false });
}

/** An element of a list, under the name that it has in the functions that go over the list. */
function itemOf(list: Selected, address: Address): Selected {
  const element = elementOf(list.shape);
  if (element === undefined) throw new ModelError(address, `${describe(list.shape)} is no list`);
  return { ...element, code: code`item`, linkAbsent: element.absent };
}

function elementOf(shape: Selected["shape"]): Element | undefined {
  if (shape.type === "selectedList") return shape.element;
  return shape.type === "list" ? { shape: shape.member.target, absent: shape.sparse } : undefined;
}

function mappedList(list: Selected, mapped: Code, element: Element): Selected {
  return {
    code: code`${link(list)}${mapped}`,
    shape: { type: "selectedList", element },
    absent: list.absent,
    linkAbsent: false,
  };
}

function link({ code: expression, linkAbsent }: Selected): Code {
  return code`${expression}${linkAbsent ? "?." : "."}`;
}

function parameterType(shape: Selected["shape"]): EndpointParameter["type"] | undefined {
  if (shape.type === "string" || shape.type === "enum") return "string";
  if (shape.type === "boolean") return "boolean";
  const element = elementOf(shape);
  return element && parameterType(element.shape) === "string" ? "stringArray" : undefined;
}

function describe(shape: Selected["shape"]): string {
  if (shape.type !== "selectedList") return `the ${shape.type} ${shape.name}`;
  return `a list of ${describe(shape.element.shape)}`;
}
