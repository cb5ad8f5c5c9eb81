import {
  type Code,
  code,
  type ImportedSymbol,
  importedType,
  importedValue,
  join,
} from "../emit/code.ts";
import { emitDocComment } from "../emit/docs.ts";
import { emitArray, emitObject } from "../emit/literal.ts";
import type { EndpointTypeName } from "../ir/endpoint-functions.ts";
import type { EndpointParameter, EndpointRules } from "../ir/endpoint-rules.ts";
import { reservedWords } from "../ir/naming.ts";
import type {
  Assign,
  Bind,
  Block,
  Branch,
  Declare,
  PropertyValue,
  Return,
  Statement,
  Test,
  Value,
  Variable,
} from "./decision.ts";
import { bodiesOf } from "./decision.ts";
import { lowerEndpointRules, type ReadParameter } from "./rule-lowering.ts";

const protocol = "@pawprint/runtime/protocol";
const ConfigurationError = importedValue("ConfigurationError", protocol);
const EndpointParameters = importedType("EndpointParameters", protocol);
const ResolvedEndpoint = importedType("ResolvedEndpoint", protocol);

/** What stands for the functions of the rules. The others are operators. */
const functions: { readonly [name: string]: ImportedSymbol } = {
  "aws.isVirtualHostableS3Bucket": importedValue("isVirtualHostableS3Bucket", protocol),
  "aws.parseArn": importedValue("parseArn", protocol),
  "aws.partition": importedValue("partition", protocol),
  isValidHostLabel: importedValue("isValidHostLabel", protocol),
  parseURL: importedValue("parseUrl", protocol),
  split: importedValue("split", protocol),
  substring: importedValue("substring", protocol),
  uriEncode: importedValue("uriEncode", protocol),
};

/** The types of what a diagram's conditions assign, where they are written out. */
const declaredTypes: { readonly [type in EndpointTypeName]: ImportedSymbol | string } = {
  arn: importedType("Arn", protocol),
  boolean: "boolean",
  number: "number",
  partition: importedType("Partition", protocol),
  string: "string",
  stringArray: "readonly string[]",
  url: importedType("ParsedUrl", protocol),
};

/** Prints the function `resolveEndpoint`: the endpoint rules of a service as plain conditionals. */
export function emitEndpointResolver(ruleSet: EndpointRules): Code {
  const { parameters, statements } = lowerEndpointRules(ruleSet);
  const names = nameVariables(
    parameters.map(({ variable }) => variable),
    statements,
  );
  const printer = new StatementPrinter(names);
  const body = [
    ...parameters
      .filter(({ mandatory }) => mandatory)
      .map((parameter) => printer.presenceCheck(parameter)),
    ...printer.statements(statements),
  ];
  if (parameters.length === 0) {
    return code`
      /** Where requests go: all to the same endpoint. */
      export function resolveEndpoint(): ${ResolvedEndpoint} {
        ${body}
      }
    `;
  }
  return code`
    /** Where a request goes. Throws a \`ConfigurationError\` where the rules of the service say so. */
    export function resolveEndpoint(parameters: ${EndpointParameters}): ${ResolvedEndpoint} {
      ${printer.destructuring(parameters)}
      ${body}
    }

    /** What the endpoint rules of the service depend on. */
    interface RuleParameters {
      ${parameters.map(({ parameter }) => emitParameter(parameter))}
    }
  `;
}

function emitParameter({ name, type, documentation }: EndpointParameter): Code {
  return code`
    ${emitDocComment({ documentation, indentation: 2 })}
    readonly ${name}?: ${type === "stringArray" ? "readonly string[]" : type} | undefined;
  `;
}

class StatementPrinter {
  private readonly names: ReadonlyMap<Variable, string>;

  constructor(names: ReadonlyMap<Variable, string>) {
    this.names = names;
  }

  destructuring(read: readonly ReadParameter[]): Code {
    const properties = read.map(({ parameter, variable }) => {
      const name = this.nameOf(variable);
      const renamed = name === parameter.name ? name : `${parameter.name}: ${name}`;
      const { default: value } = parameter;
      return value === undefined ? renamed : `${renamed} = ${JSON.stringify(value)}`;
    });
    return code`const ${emitObject(properties)} = parameters as RuleParameters;`;
  }

  presenceCheck({ parameter, variable }: ReadParameter): Code {
    const message = `The endpoint parameter ${parameter.name} is missing`;
    return code`
      if (${this.nameOf(variable)} === undefined) {
        ${this.thrown(code`${JSON.stringify(message)}`)}
      }
    `;
  }

  statements(statements: readonly Statement[]): readonly Code[] {
    return statements.map((statement) => this.statement(statement));
  }

  private statement(statement: Statement): Code {
    switch (statement.kind) {
      case "bind":
        return this.bind(statement);
      case "declare":
        return this.declaration(statement);
      case "assign":
        return this.assignment(statement);
      case "branch":
        return this.branch(statement);
      case "block":
        return this.block(statement);
      case "leave":
        return code`break ${statement.label};`;
      case "return":
        return this.returned(statement);
      case "throw":
        return this.thrown(this.value(statement.message));
    }
  }

  private bind({ variable, value }: Bind): Code {
    const widened = widenedType(value);
    const annotation = widened && `: ${widened}`;
    return code`const ${this.nameOf(variable)}${annotation} = ${this.value(value)};`;
  }

  private declaration({ variable }: Declare): Code {
    const type = declaredTypes[variable.type.name];
    return code`let ${this.nameOf(variable)}: ${type} | undefined;`;
  }

  private assignment({ variable, value }: Assign): Code {
    return code`${this.nameOf(variable)} = ${this.value(value)};`;
  }

  private branch({ tests, join: joined, body, otherwise }: Branch): Code {
    const [only] = tests.length === 1 ? tests : [];
    const isPlain = only?.kind === "true" && only.holds;
    const conditions = isPlain ? [this.value(only.subject)] : tests.map((test) => this.test(test));
    const branch = code`
      if (${join(conditions, joined === "and" ? " && " : " || ")}) {
        ${this.statements(body)}
      }
    `;
    const [next, ...others] = otherwise;
    if (next === undefined) return branch;
    if (next.kind === "branch" && others.length === 0) {
      return code`${branch} else ${this.branch(next)}`;
    }
    return code`
      ${branch} else {
        ${this.statements(otherwise)}
      }
    `;
  }

  private block({ label, body }: Block): Code {
    return code`
      ${label}: {
        ${this.statements(body)}
      }
    `;
  }

  private returned({ url, headers, authSchemes }: Return): Code {
    const headerLists = Object.entries(headers).map(
      ([name, values]) => code`${JSON.stringify(name)}: ${this.values(values)}`,
    );
    const endpoint = [
      code`url: ${this.value(url)}`,
      ...(headerLists.length > 0 ? [code`headers: ${emitObject(headerLists)}`] : []),
      ...(authSchemes ? [code`authSchemes: ${this.property(authSchemes)}`] : []),
    ];
    return code`return ${emitObject(endpoint)};`;
  }

  private thrown(message: Code): Code {
    return code`throw new ${ConfigurationError}(${message});`;
  }

  private property(property: PropertyValue): Code {
    switch (property.kind) {
      case "list":
        return emitArray(property.items.map((item) => this.property(item)));
      case "record":
        return emitObject(
          Object.entries(property.entries).map(
            ([name, entry]) => code`${name}: ${this.property(entry)}`,
          ),
        );
      default:
        return this.value(property);
    }
  }

  private test(test: Test): Code {
    switch (test.kind) {
      case "set":
        return code`${this.operand(test.subject)} ${test.holds ? "!==" : "==="} undefined`;
      case "true":
        return code`${test.holds ? "" : "!"}${this.operand(test.subject)}`;
      case "equal": {
        const [left, right] = [test.subject, test.other].map((value) => this.compared(value));
        return code`${left} ${test.holds ? "===" : "!=="} ${right}`;
      }
    }
  }

  private compared(value: Value): Code {
    const widened = widenedType(value);
    return widened ? code`(${this.operand(value)} as ${widened})` : this.operand(value);
  }

  /** A value that an operator can stand beside. */
  private operand(value: Value): Code {
    const isCompound =
      value.kind === "choice" || value.kind === "fallback" || value.kind === "test";
    return isCompound ? code`(${this.value(value)})` : this.value(value);
  }

  private value(value: Value): Code {
    switch (value.kind) {
      case "literal":
        return code`${JSON.stringify(value.value)}`;
      case "variable":
        return code`${this.nameOf(value.variable)}`;
      case "attribute":
        return code`${this.operand(value.of)}${printSteps(value.steps, value.optional)}`;
      case "call": {
        const parameters = value.arguments.map((argument) => this.value(argument));
        return code`${functions[value.function]}(${join(parameters, ", ")})`;
      }
      case "template":
        return code`\`${join(
          value.parts.map((part) => this.templatePart(part)),
          "",
        )}\``;
      case "array":
        return this.values(value.items);
      case "fallback":
        return join(
          value.choices.map((choice) => this.operand(choice)),
          " ?? ",
        );
      case "choice": {
        const [whenTrue, whenFalse] = [value.whenTrue, value.whenFalse].map((branch) =>
          branch.kind === "choice" ? this.operand(branch) : this.value(branch),
        );
        return code`${this.test(value.test)} ? ${whenTrue} : ${whenFalse}`;
      }
      case "test":
        return this.test(value.test);
    }
  }

  private values(values: readonly Value[]): Code {
    return emitArray(values.map((value) => this.value(value)));
  }

  private templatePart(part: Value): Code {
    if (part.kind !== "literal") return code`\${${this.value(part)}}`;
    const escaped = JSON.stringify(part.value).slice(1, -1).replaceAll('\\"', '"');
    return code`${escaped.replaceAll(/`|\$(?=\{)/g, "\\$&")}`;
  }

  private nameOf(variable: Variable): string {
    return this.names.get(variable) ?? variable.name;
  }
}

/** The type for a choice of texts: that of the texts themselves compares with no other. */
function widenedType(value: Value): string | undefined {
  if (value.type.name !== "string" || !isChoice(value)) return undefined;
  return value.type.optional ? "string | undefined" : "string";
}

function isChoice(value: Value): boolean {
  return value.kind === "choice" || (value.kind === "fallback" && value.choices.some(isChoice));
}

/** `.resourceId[0]`. Only the first step can meet nothing: an index is always the last one. */
function printSteps(steps: readonly (string | number)[], optional: boolean): string {
  return steps
    .map((step, index) => {
      const chain = optional && index === 0;
      if (typeof step === "string") return chain ? `?.${step}` : `.${step}`;
      if (step < 0) return `${chain ? "?" : ""}.at(${step})`;
      return `${chain ? "?." : ""}[${step}]`;
    })
    .join("");
}

/** Parameters keep their names; what conditions assign gets one that nothing in its sight has. */
function nameVariables(
  parameters: readonly Variable[],
  statements: readonly Statement[],
): ReadonlyMap<Variable, string> {
  const names = new Map<Variable, string>();
  const taken = new Set(reservedNames);
  for (const parameter of parameters) names.set(parameter, takeName(parameter.name, taken));
  nameAssigned(statements, taken, names);
  return names;
}

function nameAssigned(
  statements: readonly Statement[],
  outer: ReadonlySet<string>,
  names: Map<Variable, string>,
): void {
  const taken = new Set(outer);
  for (const statement of statements) {
    if (statement.kind === "bind" || statement.kind === "declare") {
      names.set(statement.variable, takeName(toCamelCase(statement.variable.name), taken));
    }
    for (const body of bodiesOf(statement)) nameAssigned(body, taken, names);
  }
}

function takeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
  taken.add(name);
  return name;
}

/** `PartitionResult` is `partitionResult`, and `URLPath` is `urlPath`. */
function toCamelCase(name: string): string {
  return name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
}

/** What no variable can be called: the language and the printed function need these names. */
const reservedNames: readonly string[] = [
  ...reservedWords,
  "parameters",
  "resolveEndpoint",
  ...[ConfigurationError, ...Object.values(functions)].map(({ name }) => name),
];
