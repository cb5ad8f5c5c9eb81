import { propertyName } from "../../ir/naming.ts";
import type { MemberPath, Pagination } from "../../ir/pagination.ts";
import type { Presence } from "../../ir/presence.ts";
import type { Query } from "../../ir/query.ts";
import type { Member, StructureShape } from "../../ir/shape.ts";
import type { Code, CodeValue, ImportedSymbol } from "../code.ts";
import { code, importedType, importedValue } from "../code.ts";
import { emitDocComment } from "../docs.ts";
import { emitObject } from "../literal.ts";
import type { PackagePlan, PlannedOperation } from "../package-plan.ts";
import { emitQuery } from "../query.ts";
import { emitType } from "../types.ts";
import { emitInputType, emitResultType, isOptional } from "./operation-file.ts";

const runtime = "@pawprint/runtime";

/** The functions that go over the pages of an operation, and over the items on them. */
export function emitPageFunctions(plan: PackagePlan, planned: PlannedOperation): readonly Code[] {
  const { pagination, output } = planned.operation;
  if (pagination === undefined || output === undefined) return [];
  const { names } = planned;
  const pages = describePages(planned, pagination);
  const token = propertyName(pagination.inputToken.name);
  const start = token === pagination.inputToken.name ? code`input.${token}` : code`input[${token}]`;
  const next = emitQuery(readPath(pagination.outputToken, output, plan.isPresent));
  const functions = [
    emitFunction(
      pages,
      code`
        return ${importedValue("iteratePages", `${runtime}/protocol`)}({
          operation: ${JSON.stringify(planned.operation.name)},
          start: ${start},
          call: (token) => ${names.function}(transport, ${emitObject(["...input", code`${token}: token`])}, options),
          next: (output) => ${next},
          abortSignal: options?.abortSignal,
        });
      `,
    ),
  ];
  if (pagination.items === undefined) return functions;
  const items = emitItems(pagination.items, output, plan.isPresent);
  return [
    ...functions,
    emitFunction(
      describeItems(planned, pagination, pagination.items),
      code`
        return ${importedValue("iterateItems", `${runtime}/protocol`)}(
          ${names.pages}(transport, input, options),
          (output) => ${items},
          options?.abortSignal,
        );
      `,
    ),
  ];
}

/** The same as methods of the client. */
export function emitPageMethods(planned: PlannedOperation): readonly Code[] {
  const { pagination } = planned.operation;
  if (pagination === undefined) return [];
  const { items } = pagination;
  const from = "./types.js";
  const methods = [emitMethod(planned, describePages(planned, pagination, from))];
  return items === undefined
    ? methods
    : [...methods, emitMethod(planned, describeItems(planned, pagination, items, from))];
}

/** What a function and the method of its name have in common. */
interface Iteration {
  readonly name: string;
  readonly notes: readonly string[];
  readonly input: CodeValue;
  /** What it gives, one by one. */
  readonly value: Code;
}

function describePages(
  { operation, names }: PlannedOperation,
  pagination: Pagination,
  from?: string,
): Iteration {
  const { input, output } = operation;
  const { inputToken, pageSize } = pagination;
  const size = pageSize === undefined ? "" : `, with at most \`${pageSize.name}\` items on each`;
  return {
    name: names.pages,
    notes: [
      `The results of {@link ${names.function}}, page after page from \`${inputToken.name}\` on${size}. A request is sent when its page is asked for; each loop starts anew.`,
    ],
    input: code`${emitInputType(input, from)}${isOptional(input) && " = {}"}`,
    value: emitResultType(output, from),
  };
}

function describeItems(
  planned: PlannedOperation,
  pagination: Pagination,
  path: MemberPath,
  from?: string,
): Iteration {
  const { names } = planned;
  const members = path.map(({ name }) => name).join(".");
  const isMap = lastOf(path).target.type === "map";
  return {
    ...describePages(planned, pagination, from),
    name: names.items,
    notes: [
      `${isMap ? "The keys and values" : "The items"} of \`${members}\` on all pages of {@link ${names.pages}}, one by one.`,
    ],
    value: emitItemType(path, from ?? "../types.js"),
  };
}

function emitFunction({ name, notes, input, value }: Iteration, body: Code): Code {
  return code`
    ${emitDocComment({ notes })}
    export function ${name}(
      transport: ${importedType("Transport", runtime)},
      input: ${input},
      options?: ${importedType("CallOptions", runtime)},
    ): AsyncIterable<${value}> {
      ${body}
    }
  `;
}

function emitMethod({ names }: PlannedOperation, { name, notes, input, value }: Iteration): Code {
  const called: ImportedSymbol = importedValue(name, `./operations/${names.file}.js`);
  return code`
    ${emitDocComment({ notes: notes.map(withoutLinks), indentation: 2 })}
    ${name}(
      input: ${input},
      options?: ${importedType("CallOptions", runtime)},
    ): AsyncIterable<${value}> {
      return ${called}(this.transport, input, options);
    }
  `;
}

/** On a client, the names are methods, which a link would not find. */
function withoutLinks(note: string): string {
  return note.replaceAll(/\{@link (\w+)\}/g, "`$1`");
}

function emitItems(path: MemberPath, output: StructureShape, isPresent: Presence): Code {
  const query = readPath(path, output, isPresent);
  if (lastOf(path).target.type === "list") return emitQuery(query);
  const entriesOf = importedValue("entriesOf", "@pawprint/runtime/protocol");
  return code`${entriesOf}(${emitQuery(query)})`;
}

function emitItemType(path: MemberPath, from: string): Code {
  const { target } = lastOf(path);
  const { sparse, item } =
    target.type === "map"
      ? { sparse: target.sparse, item: target.value.target }
      : target.type === "list"
        ? { sparse: target.sparse, item: target.member.target }
        : { sparse: false, item: target };
  const value = code`${emitType(item, from)}${sparse && " | null"}`;
  return target.type === "map" ? code`[key: string, value: ${value}]` : value;
}

function readPath(path: MemberPath, output: StructureShape, isPresent: Presence): Query {
  return path.reduce<Query>(
    (of, { name, target }, index) => {
      const owner = path[index - 1]?.target ?? output;
      const optional = !isPresent(owner, path[index] as Member);
      return { kind: "member", of, name, optional, type: target, absent: of.absent || optional };
    },
    { kind: "output", type: output, absent: false },
  );
}

function lastOf(path: MemberPath): Member {
  return path.at(-1) as Member;
}
