import { typeName } from "../../ir/naming.ts";
import type { Acceptor } from "../../ir/waiter.ts";
import type { Code, ImportedSymbol } from "../code.ts";
import { code, importedType, importedValue } from "../code.ts";
import { emitDocComment } from "../docs.ts";
import { emitObject, emitUnionType } from "../literal.ts";
import type { PlannedOperation, PlannedWaiter } from "../package-plan.ts";
import { emitComparison, emitQuery } from "../query.ts";
import { emitInputType, emitResultType } from "./operation-file.ts";

const runtime = "@pawprint/runtime";
const WaiterOptions = importedType("WaiterOptions", runtime);
const ServiceError = importedType("ServiceError", runtime);

/** The function that waits for a state which the operation's answers show. */
export function emitWaiterFunction(planned: PlannedOperation, waiting: PlannedWaiter): Code {
  const { operation, names } = planned;
  const { waiter, name } = waiting;
  return code`
    ${emitWaiterComment(planned, waiting)}
    export function ${name}(
      transport: ${importedType("Transport", runtime)},
      input: ${emitInputType(operation.input)},
      options: ${WaiterOptions},
    ): ${emitSuccess(planned, waiting)} {
      return ${importedValue("waitUntil", `${runtime}/protocol`)}(
        {
          name: ${JSON.stringify(waiter.name)},
          minDelay: ${waiter.minDelay},
          maxDelay: ${waiter.maxDelay},
          call: (callOptions) => ${names.function}(transport, input, callOptions),
          acceptors: [
            ${waiter.acceptors.map((acceptor) => code`${emitAcceptor(acceptor)},`)}
          ],
        },
        options,
      );
    }
  `;
}

/** The same as a method of the client. */
export function emitWaiterMethod(planned: PlannedOperation, waiting: PlannedWaiter): Code {
  const { operation, names } = planned;
  const { name } = waiting;
  const called = importedValue(name, `./operations/${names.file}.js`);
  return code`
    ${emitWaiterComment(planned, waiting, 2)}
    ${name}(
      input: ${emitInputType(operation.input, "./types.js")},
      options: ${WaiterOptions},
    ): ${emitSuccess(planned, waiting, "./")} {
      return ${called}(this.transport, input, options);
    }
  `;
}

function emitWaiterComment(
  { names }: PlannedOperation,
  { waiter }: PlannedWaiter,
  indentation = 0,
): Code | undefined {
  const { documentation, deprecated, minDelay, maxDelay } = waiter;
  const how = `alls \`${names.function}\` until an answer shows it, with pauses of ${minDelay} to ${maxDelay} seconds.`;
  return emitDocComment({
    documentation,
    notes: [documentation === undefined ? `Waits for ${waiter.name}: c${how}` : `C${how}`],
    throws: [
      { type: "WaiterError", text: "where it will never be so, or `maxWaitTime` has passed" },
    ],
    deprecated,
    indentation,
  });
}

/** What it resolves with: whatever the acceptors of success can match. */
export function emitSuccess(
  { operation }: PlannedOperation,
  { waiter }: PlannedWaiter,
  folder: "./" | "../" = "../",
): Code {
  const matchers = waiter.acceptors
    .filter(({ state }) => state === "success")
    .map(({ matcher }) => matcher);
  const errors = matchers.flatMap((matcher): readonly ImportedSymbol[] => {
    if (matcher.kind === "success") return matcher.success ? [] : [ServiceError];
    if (matcher.kind === "output") return [];
    const error = operation.errors.find((candidate) => candidate.name === matcher.name);
    return [error ? importedType(typeName(error), `${folder}errors.js`) : ServiceError];
  });
  const isOutput = matchers.some((matcher) =>
    matcher.kind === "success" ? matcher.success : matcher.kind === "output",
  );
  const reasons = [
    ...(isOutput ? [emitResultType(operation.output, `${folder}types.js`)] : []),
    ...(errors.includes(ServiceError) ? [ServiceError] : withoutRepeated(errors)),
  ];
  const WaiterSuccess = importedType("WaiterSuccess", runtime);
  return code`Promise<${WaiterSuccess}<${emitUnionType(reasons)}>>`;
}

function withoutRepeated(symbols: readonly ImportedSymbol[]): readonly ImportedSymbol[] {
  return [...new Map(symbols.map((symbol) => [symbol.name, symbol])).values()];
}

function emitAcceptor({ state, matcher, message }: Acceptor): Code {
  const printed = [code`state: "${state}"`];
  switch (matcher.kind) {
    case "success":
      printed.push(matcher.success ? code`output: () => true` : code`error: true`);
      break;
    case "errorType":
      printed.push(code`error: ${JSON.stringify(matcher.name)}`);
      break;
    case "output": {
      const { query, comparator, expected } = matcher;
      printed.push(code`output: (output) => ${emitComparison(query, comparator, expected)}`);
      if (message !== undefined) printed.push(code`message: (output) => ${emitQuery(message)}`);
    }
  }
  return emitObject(printed);
}
