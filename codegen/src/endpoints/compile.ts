import {
  type Code,
  code,
  type ImportedSymbol,
  importedType,
  importedValue,
  join,
} from "../emit/code.ts";
import { emitDocComment } from "../emit/docs.ts";
import type { EndpointParameter, EndpointRuleSet } from "../ir/endpoint-rules.ts";
import {
  type Bind,
  type Branch,
  type PropertyValue,
  type Return,
  type Statement,
  type Test,
  type Value,
  type Variable,
  variablesIn,
} from "./decision.ts";
import { array, type Content, call, fits, type Item, layOut, object } from "./layout.ts";
import { lowerEndpointRules } from "./rule-lowering.ts";

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

/** Prints the function `resolveEndpoint`: the endpoint rules of a service as plain conditionals. */
export function emitEndpointResolver(ruleSet: EndpointRuleSet): Code {
  const { parameters, statements } = lowerEndpointRules(ruleSet);
  const used = variablesIn(statements);
  const read = parameters.filter(
    ({ variable, parameter }) => used.has(variable) || isMandatory(parameter),
  );
  const names = nameVariables(
    read.map(({ variable }) => variable),
    statements,
  );
  const printer = new StatementPrinter(names);
  const body = [
    ...read
      .filter(({ parameter }) => isMandatory(parameter))
      .map((each) => printer.presenceCheck(each)),
    ...printer.statements(statements, 1),
  ];
  if (read.length === 0) {
    return code`
      /** Where requests go: all to the same endpoint. */
      export function resolveEndpoint(): ${ResolvedEndpoint} {
        ${body}
      }
    `;
  }
  return code`
    /** Where a request goes. Throws a \`ConfigurationError\` where the service's rules say so. */
    export function resolveEndpoint(parameters: ${EndpointParameters}): ${ResolvedEndpoint} {
      ${printer.destructuring(read)}
      ${body}
    }

    /** What the endpoint rules of the service depend on. */
    interface RuleParameters {
      ${read.map(({ parameter }) => emitParameter(parameter))}
    }
  `;
}

interface ReadParameter {
  readonly parameter: EndpointParameter;
  readonly variable: Variable;
}

/** Whether the rules cannot be evaluated without a value. */
function isMandatory({ required, default: defaultValue }: EndpointParameter): boolean {
  return required && defaultValue === undefined;
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
    const target = object(properties.map((name) => ({ label: "", content: code`${name}` })));
    const source = "parameters as RuleParameters";
    const taken = `const  = ${source};`.length;
    return code`const ${layOut(target, { depth: 1, taken })} = ${source};`;
  }

  presenceCheck({ parameter, variable }: ReadParameter): Code {
    const message = `The endpoint parameter ${parameter.name} is missing`;
    return code`
      if (${this.nameOf(variable)} === undefined) {
        ${this.thrown(code`${JSON.stringify(message)}`, 2)}
      }
    `;
  }

  statements(statements: readonly Statement[], depth: number): readonly Code[] {
    return statements.map((statement) => this.statement(statement, depth));
  }

  private statement(statement: Statement, depth: number): Code {
    switch (statement.kind) {
      case "bind":
        return this.bind(statement);
      case "branch":
        return this.branch(statement, depth);
      case "return":
        return this.returned(statement, depth);
      case "throw":
        return this.thrown(this.value(statement.message), depth);
    }
  }

  private bind({ variable, value }: Bind): Code {
    const widened = widenedType(value);
    const annotation = widened && `: ${widened}`;
    return code`const ${this.nameOf(variable)}${annotation} = ${this.value(value)};`;
  }

  private branch({ tests, join: joined, body }: Branch, depth: number): Code {
    const conditions = tests.map((test) => this.test(test));
    const operator = joined === "and" ? " &&" : " ||";
    const head = code`if (${join(conditions, `${operator} `)}) {`;
    const inner = this.statements(body, depth + 1);
    if (fits(head, { depth, taken: 0 })) {
      return code`
        ${head}
          ${inner}
        }
      `;
    }
    return code`
      if (
        ${join(conditions, `${operator}\n`)}
      ) {
        ${inner}
      }
    `;
  }

  private returned({ url, headers, authSchemes }: Return, depth: number): Code {
    const headerItems = Object.entries(headers).map(([name, values]) => ({
      label: `${JSON.stringify(name)}: `,
      content: array(values.map((value) => this.value(value))),
    }));
    const endpoint = object([
      { label: "url: ", content: this.value(url) },
      ...(headerItems.length > 0 ? [{ label: "headers: ", content: object(headerItems) }] : []),
      ...(authSchemes ? [{ label: "authSchemes: ", content: this.property(authSchemes) }] : []),
    ]);
    return code`return ${layOut(endpoint, { depth, taken: "return ;".length })};`;
  }

  private thrown(message: Code, depth: number): Code {
    const error = call(code`new ${ConfigurationError}`, [message]);
    return code`throw ${layOut(error, { depth, taken: "throw ;".length })};`;
  }

  private property(property: PropertyValue): Content {
    switch (property.kind) {
      case "list":
        return array(property.items.map((item) => this.property(item)));
      case "record":
        return object(
          Object.entries(property.entries).map(
            ([name, entry]): Item => ({ label: `${name}: `, content: this.property(entry) }),
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
        return code`[${join(
          value.items.map((item) => this.value(item)),
          ", ",
        )}]`;
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
    if (statement.kind === "bind") {
      names.set(statement.variable, takeName(toCamelCase(statement.variable.name), taken));
    } else if (statement.kind === "branch") {
      nameAssigned(statement.body, taken, names);
    }
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

/** Words of the language, and what the printed function refers to. */
const reservedNames: readonly string[] = [
  ..."arguments await break case catch class const continue debugger default delete do".split(" "),
  ..."else enum eval export extends false finally for function if implements import".split(" "),
  ..."in instanceof interface let new null package private protected public return".split(" "),
  ..."static super switch this throw true try typeof undefined var void while with".split(" "),
  ..."yield parameters resolveEndpoint".split(" "),
  ...[ConfigurationError, ...Object.values(functions)].map(({ name }) => name),
];
