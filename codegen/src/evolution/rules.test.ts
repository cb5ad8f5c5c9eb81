import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  enumeration,
  errorStructure,
  list,
  map,
  member,
  operation,
  type Part,
  type Parts,
  required,
  simple,
  structure,
  union,
} from "../reader/example.test-model.ts";
import { changesBetween } from "./compare.test-models.ts";
import { writeRuleTable } from "./rule-table.ts";
import { rules } from "./rules.ts";

/** Models with one shape that only callers give, only the service gives, or both. */
function input(shape: Part, others: Parts = {}): Parts {
  return { Input: structure({ Value: "Shape" }), Shape: shape, ...others };
}

function output(shape: Part, others: Parts = {}): Parts {
  return { Output: structure({ Value: "Shape" }), Shape: shape, ...others };
}

function both(shape: Part, others: Parts = {}): Parts {
  return { ...input(shape, others), ...output(shape, others) };
}

type Case = [what: string, old: Parts, next: Parts, ...changes: string[]];

function check(...[, old, next, ...changes]: Case): void {
  expect(changesBetween(old, next)).toEqual(changes);
}

describe("members", () => {
  const without = structure({ A: "String" });
  const optional = structure({ A: "String", B: "String" });
  const needed = structure({ A: "String", B: required("String") });
  const relaxed = structure({ A: "String", B: required("String", { clientOptional: {} }) });

  test.each<Case>([
    [
      "one more that may be left out is minor",
      both(without),
      both(optional),
      "minor member-added: `Shape.B` is new.",
    ],
    [
      "one more that callers have to give is major",
      input(without),
      input(needed),
      "major required-member-added: `Shape.B` is new, and required.",
    ],
    [
      "one more that results always have is minor",
      output(without),
      output(needed),
      "minor required-member-added: `Shape.B` is new, and required.",
    ],
    [
      "one less is major for callers",
      input(optional),
      input(without),
      "major member-removed: `Shape.B` is gone.",
    ],
    [
      "one less is major for readers",
      output(optional),
      output(without),
      "major member-removed: `Shape.B` is gone.",
    ],
    [
      "one under another name is one less and one more",
      output(structure({ Old: "String" })),
      output(structure({ New: "String" })),
      "major member-removed: `Shape.Old` is gone.",
      "minor member-added: `Shape.New` is new.",
    ],
    [
      "one that callers have to give from now on is major",
      input(optional),
      input(needed),
      "major member-required: `Shape.B` is required now.",
    ],
    [
      "one that results have always from now on is minor",
      output(optional),
      output(needed),
      "minor member-required: `Shape.B` is required now.",
    ],
    [
      "one that callers may leave out from now on is minor",
      input(needed),
      input(optional),
      "minor member-optional: `Shape.B` is no longer required.",
    ],
    [
      "one that results may lack from now on is major",
      output(needed),
      output(optional),
      "major member-optional: `Shape.B` is no longer required, and may be `undefined` in results.",
    ],
    [
      "one that goes both ways and is relaxed is judged by the stronger side",
      both(needed),
      both(optional),
      "major member-optional: `Shape.B` is no longer required, and may be `undefined` in results.",
    ],
    [
      "one on which clients shall not rely is typed as optional in results alone",
      both(needed),
      both(relaxed),
    ],
    [
      "one on which clients shall not rely any more is major where only results have it",
      output(needed),
      output(relaxed),
      "major member-optional: `Shape.B` is no longer required, and may be `undefined` in results.",
    ],
    [
      "one that is typed as present once callers give its structure, too, is new to them",
      output(relaxed, { Input: structure() }),
      { ...both(relaxed) },
      "minor member-added: `Input.Value` is new.",
      "minor member-required: `Shape.B` is required now.",
    ],
    [
      "one of a union is minor, because code reads `$unknown`",
      both(union({ A: "String" })),
      both(union({ A: "String", B: "String" })),
      "minor member-added: `Shape.B` is new.",
    ],
    [
      "the message of an error is not one",
      { Run: operation({ errors: ["Bad"] }), Bad: errorStructure({ message: "String" }) },
      { Run: operation({ errors: ["Bad"] }), Bad: errorStructure({ Message: "String" }) },
      "patch error-message: `Bad` has another message in what mocks send.",
    ],
  ])("%s", (...parts) => check(...parts));
});

describe("what clients fill in", () => {
  const plain = structure({ A: "String" });
  const token = structure({ A: member("String", { idempotencyToken: {} }) });
  const withDefault = (value: unknown) => structure({ A: member("String", { default: value }) });

  test.each<Case>([
    [
      "a new idempotency token is minor",
      input(plain),
      input(token),
      "minor idempotency-token-added: `Shape.A` becomes a UUID where a call does not give it.",
    ],
    [
      "an idempotency token less is major: calls may take effect twice",
      input(token),
      input(plain),
      "major idempotency-token-removed: `Shape.A` no longer becomes a UUID where a call does not give it.",
    ],
    ["a default of what callers give is never sent", input(plain), input(withDefault("x"))],
    [
      "a new default of results is minor",
      output(plain),
      output(withDefault("x")),
      'minor default-added: `Shape.A` is "x" where a result lacks it.',
    ],
    [
      "another default of results is major",
      output(withDefault("x")),
      output(withDefault("y")),
      'major default-changed: `Shape.A` is "y" where a result lacks it, formerly "x".',
    ],
    [
      "a default less is major",
      output(withDefault("x")),
      output(plain),
      'major default-changed: `Shape.A` is nothing where a result lacks it, formerly "x".',
    ],
  ])("%s", (...parts) => check(...parts));
});

describe("types", () => {
  const target = (name: string) => structure({ A: name });
  const numbers = list("Integer");
  const gaps = list("Integer", { sparse: {} });

  test.each<Case>([
    [
      "another type is major",
      input(target("String")),
      input(target("Timestamp")),
      "major type-changed: `Shape.A` is `timestamp`, formerly `string`.",
    ],
    [
      "a larger integer is minor for callers",
      input(target("Integer")),
      input(target("Long")),
      "minor type-widened: `Shape.A` is `long`, formerly `integer`.",
    ],
    [
      "a larger integer is major for readers",
      output(target("Integer")),
      output(target("Long")),
      "major type-widened: `Shape.A` is `long`, formerly `integer`.",
    ],
    [
      "a smaller integer is major for callers",
      input(target("Long")),
      input(target("Integer")),
      "major type-narrowed: `Shape.A` is `integer`, formerly `long`.",
    ],
    [
      "a smaller integer is minor for readers",
      output(target("Long")),
      output(target("Integer")),
      "minor type-narrowed: `Shape.A` is `integer`, formerly `long`.",
    ],
    [
      "a whole number that may be a fraction is major",
      output(target("Integer")),
      output(target("Double")),
      "major type-changed: `Shape.A` is `double`, formerly `integer`.",
    ],
    [
      "a list that may have gaps is major for readers",
      output(numbers),
      output(gaps),
      "major type-widened: `Output.Value` is a list that may hold `null`, formerly a list without `null`.",
    ],
    [
      "a list without gaps is major for callers",
      input(gaps),
      input(numbers),
      "major type-narrowed: `Input.Value` is a list without `null`, formerly a list that may hold `null`.",
    ],
    [
      "text that becomes an enum stays text",
      both(target("Text"), { Text: simple("string") }),
      both(target("Text"), { Text: enumeration("enum", { X: {} }) }),
      "minor shape-added: `Text` is new.",
      "minor type-compatible: `Shape.A` is `Text`, formerly `string`.",
    ],
    [
      "an enum that becomes text takes its constants away",
      both(target("Text"), { Text: enumeration("enum", { X: {} }) }),
      both(target("Text"), { Text: simple("string") }),
      "major shape-removed: `Text` is gone.",
      "minor type-compatible: `Shape.A` is `string`, formerly `Text`.",
    ],
    [
      "another name for a shape that has none in code is nothing",
      input(target("Before"), { Before: simple("string", { length: { max: 3 } }) }),
      input(target("After"), { After: simple("string", { length: { max: 3 } }) }),
    ],
    [
      "a structure in place of another one is major",
      input(structure({ A: "One", B: "Two" }), { One: structure(), Two: structure() }),
      input(structure({ A: "Two", B: "Two" }), { Two: structure() }),
      "major shape-removed: `One` is gone.",
      "major type-changed: `Shape.A` is `Two`, formerly `One`.",
    ],
    [
      "what is inside of lists and maps is compared, too",
      input(map("Names"), { Names: list("String") }),
      input(map("Names"), { Names: list("Integer") }),
      "major type-changed: Each element of each value of `Input.Value` is `integer`, formerly `string`.",
    ],
  ])("%s", (...parts) => check(...parts));
});

describe("constraints", () => {
  const text = (traits: Part) => simple("string", traits);
  const short = text({ length: { max: 5 } });
  const long = text({ length: { max: 9 } });

  test.each<Case>([
    [
      "less for callers is major",
      input(long),
      input(short),
      "major constraint-tightened: `Input.Value` allows less: at most 5 characters, formerly at most 9 characters.",
    ],
    [
      "more for callers is minor",
      input(short),
      input(long),
      "minor constraint-loosened: `Input.Value` allows more: at most 9 characters, formerly at most 5 characters.",
    ],
    [
      "less for the service is a patch",
      output(long),
      output(short),
      "patch constraint-tightened: `Output.Value` allows less: at most 5 characters, formerly at most 9 characters.",
    ],
    [
      "less for both is told once, and is major",
      both(long),
      both(short),
      "major constraint-tightened: `Input.Value` and `Output.Value` allow less: at most 5 characters, formerly at most 9 characters.",
    ],
    [
      "less on one side and more on the other is less",
      input(text({ length: { min: 2, max: 5 } })),
      input(text({ length: { min: 1, max: 4 } })),
      "major constraint-tightened: `Input.Value` allows less: 1 to 4 characters, formerly 2 to 5 characters.",
    ],
    [
      "a new pattern is less",
      input(text({})),
      input(text({ pattern: "^[a-z]+$" })),
      "major constraint-tightened: `Input.Value` allows less: pattern `^[a-z]+$`, formerly anything.",
    ],
    [
      "a new pattern that all allowed strings match is nothing new",
      input(text({ length: { min: 1 } })),
      input(text({ length: { min: 1 }, pattern: "[\\s\\S]+" })),
      "patch constraint-restated: `Input.Value` allows the same as before, written otherwise: at least 1 characters; pattern `[\\s\\S]+`, formerly at least 1 characters.",
    ],
    [
      "a pattern that takes all that the old one took is more",
      input(text({ pattern: "\\S+" })),
      input(text({ pattern: "[\\s\\S]+" })),
      "minor constraint-loosened: `Input.Value` allows more: pattern `[\\s\\S]+`, formerly pattern `\\S+`.",
    ],
    [
      "a range that the type has anyway is nothing new",
      input(simple("integer", { range: { min: 0 } })),
      input(simple("integer", { range: { min: 0, max: 2147483647 } })),
      "patch constraint-restated: `Input.Value` allows the same as before, written otherwise: 0 to 2147483647, formerly at least 0.",
    ],
    [
      "a smaller range is less",
      input(simple("integer")),
      input(simple("integer", { range: { min: 0 } })),
      "major constraint-tightened: `Input.Value` allows less: at least 0, formerly anything.",
    ],
    [
      "a list without equal elements is less",
      input(list("String")),
      input(list("String", { uniqueItems: {} })),
      "major constraint-tightened: `Input.Value` allows less: no two equal, formerly anything.",
    ],
    [
      "a constraint of one member is told of that member",
      input(structure({ A: "Text", B: "Text" }), { Text: text({}) }),
      input(structure({ A: "Text", B: member("Text", { length: { max: 1 } }) }), {
        Text: text({}),
      }),
      "major constraint-tightened: `Shape.B` allows less: at most 1 characters, formerly anything.",
    ],
  ])("%s", (...parts) => check(...parts));
});

describe("shapes", () => {
  const run = (errors: readonly string[]) => operation({ errors });
  const kind = (values: Parts) => input(enumeration("enum", values));

  test.each<Case>([
    [
      "another value of an enum is minor: enums are open",
      kind({ A: {} }),
      kind({ A: {}, B: {} }),
      "minor enum-value-added: `Shape.B` is new.",
    ],
    [
      "a value less is major: its constant is gone",
      kind({ A: {}, B: {} }),
      kind({ A: {} }),
      "major enum-value-removed: `Shape.B` is gone.",
    ],
    [
      "another value behind a name is major",
      kind({ A: { enumValue: "a" } }),
      kind({ A: { enumValue: "b" } }),
      'major enum-value-changed: `Shape.A` stands for "b", formerly "a".',
    ],
    [
      "a union instead of a structure is major",
      input(structure({ A: "String" })),
      input(union({ A: "String" })),
      "major shape-kind: `Shape` is of another kind: a `union`, formerly a `structure`.",
    ],
    [
      "an error that becomes the service's fault is major, and has another status",
      { Run: run(["Bad"]), Bad: errorStructure() },
      { Run: run(["Bad"]), Bad: errorStructure({}, { error: "server" }) },
      "major error-fault: `Bad` is the service's fault, formerly the client's fault.",
      "patch error-status: `Bad` is answered with 500, formerly answered with 400.",
    ],
    [
      "an error that is retried from now on is minor",
      { Run: run(["Bad"]), Bad: errorStructure() },
      { Run: run(["Bad"]), Bad: errorStructure({}, { retryable: { throttling: true } }) },
      "minor error-retryable: `Bad` is retried as throttling, formerly not worth a retry by the model.",
    ],
    [
      "another code of an error is a patch",
      { Run: run(["Bad"]), Bad: errorStructure() },
      {
        Run: run(["Bad"]),
        Bad: errorStructure({}, { "aws.protocols#awsQueryError": { code: "X.Bad" } }),
      },
      "patch error-code: `Bad` is known as `X.Bad`, formerly known as `Bad`.",
    ],
    [
      "a value that is kept out of messages is a patch",
      input(structure({ A: "String" })),
      input(structure({ A: member("String", { sensitive: {} }) })),
      "patch sensitive: `Shape.A` is kept out of the messages of errors.",
    ],
    [
      "a timestamp in another form is a patch",
      input(structure({ A: "Timestamp" })),
      input(structure({ A: member("Timestamp", { timestampFormat: "http-date" }) })),
      "patch timestamp-format: `Shape.A` is sent as `http-date`, formerly as `epoch-seconds`.",
    ],
    [
      "a shape that no operation reaches concerns nobody",
      { Input: structure() },
      { Input: structure(), Unused: structure({ A: "String" }) },
    ],
  ])("%s", (...parts) => check(...parts));
});

describe("operations", () => {
  const takes = (name: string | undefined, parts: Parts = {}): Parts => ({
    Run: operation(name === undefined ? {} : { input: name }),
    ...parts,
  });
  const gives = (name: string | undefined, parts: Parts = {}): Parts => ({
    Run: operation(name === undefined ? {} : { output: name }),
    ...parts,
  });

  test.each<Case>([
    [
      "one more is minor",
      { Run: operation() },
      { Run: operation(), Stop: operation() },
      "minor operation-added: `Stop` is a new operation.",
    ],
    [
      "one less is major",
      { Run: operation(), Stop: operation() },
      { Run: operation() },
      "major operation-removed: `Stop` is gone.",
    ],
    [
      "something to take that can be left out is minor",
      takes(undefined),
      takes("Given", { Given: structure({ A: "String" }) }),
      "minor input-added: `Run` takes `Given`, formerly nothing.",
      "minor shape-added: `Given` is new.",
    ],
    [
      "something to take that it needs is major",
      takes(undefined),
      takes("Given", { Given: structure({ A: required("String") }) }),
      "major input-changed: `Run` takes `Given`, formerly nothing.",
      "minor shape-added: `Given` is new.",
    ],
    [
      "something to read is minor",
      gives(undefined),
      gives("Got", { Got: structure() }),
      "minor output-added: `Run` gives `Got`, formerly nothing.",
      "minor shape-added: `Got` is new.",
    ],
    [
      "nothing to read any more is major",
      gives("Got", { Got: structure() }),
      gives(undefined),
      "major output-changed: `Run` gives nothing, formerly `Got`.",
      "major shape-removed: `Got` is gone.",
    ],
    [
      "one error more is minor",
      { Run: operation(), Bad: errorStructure() },
      { Run: operation({ errors: ["Bad"] }), Bad: errorStructure() },
      "minor error-listed: `Run` may answer with the error `Bad`.",
      "minor shape-added: `Bad` is new.",
    ],
    [
      "one error less is major",
      {
        Run: operation({ errors: ["Bad"] }),
        Stop: operation({ errors: ["Bad"] }),
        Bad: errorStructure(),
      },
      { Run: operation(), Stop: operation({ errors: ["Bad"] }), Bad: errorStructure() },
      "major error-unlisted: `Run` no longer lists the error `Bad`.",
    ],
    [
      "a call without a signature is minor",
      { Run: operation() },
      { Run: operation({ traits: { auth: [] } }) },
      "minor auth: `Run` is called without a signature, formerly signed.",
    ],
    [
      "a signature where there are credentials is minor",
      { Run: operation() },
      { Run: operation({ traits: { optionalAuth: {} } }) },
      "minor auth: `Run` is signed where there are credentials, formerly signed.",
    ],
    [
      "a checksum is minor",
      { Run: operation() },
      { Run: operation({ traits: { httpChecksumRequired: {} } }) },
      "minor checksum: `Run` is sent with a checksum, formerly sent without a checksum.",
    ],
    [
      "credentials that every call needs from now on are major",
      { Run: operation({ traits: { optionalAuth: {} } }) },
      { Run: operation() },
      "major credentials-needed: `Example` needs credentials for every call.",
      "minor auth: `Run` is signed, formerly signed where there are credentials.",
    ],
    [
      "compressed requests are minor",
      { Run: operation() },
      { Run: operation({ traits: { requestCompression: { encodings: ["gzip"] } } }) },
      "minor compression: `Run` is sent compressed, formerly sent as they are.",
    ],
    [
      "a host of its own is minor",
      { Run: operation() },
      { Run: operation({ traits: { endpoint: { hostPrefix: "data." } } }) },
      'minor host-prefix: `Run` is sent to the host of `"data."`, formerly sent to the service\'s own host.',
    ],
  ])("%s", (...parts) => check(...parts));
});

describe("pages and waiters", () => {
  const paged = (paginated: Part | undefined): Parts => ({
    Run: operation({
      input: "Asked",
      output: "Page",
      traits: paginated === undefined ? {} : { paginated },
    }),
    Asked: structure({ Token: "String", Start: "String" }),
    Page: structure({ Token: "String", Names: "Names", Others: "Names" }),
    Names: list("String"),
  });
  const tokens = { inputToken: "Token", outputToken: "Token" };
  const waiting = (waiters: Part): Parts => ({
    Run: operation({
      output: "Answer",
      errors: ["Bad"],
      traits: { "smithy.waiters#waitable": waiters },
    }),
    Answer: structure({ State: "String" }),
    Bad: errorStructure(),
  });
  const answers = (...matchers: readonly Part[]): Part => ({
    acceptors: matchers.map((matcher) => ({ state: "success", matcher })),
  });

  test.each<Case>([
    [
      "pages are minor",
      paged(undefined),
      paged(tokens),
      "minor pages-added: `Run` is read page by page, too.",
    ],
    [
      "pages that are gone are major",
      paged(tokens),
      paged(undefined),
      "major pages-removed: `Run` is no longer read page by page.",
    ],
    [
      "items are minor",
      paged(tokens),
      paged({ ...tokens, items: "Names" }),
      "minor items-added: `Run` is read item by item, too.",
    ],
    [
      "items that are gone are major",
      paged({ ...tokens, items: "Names" }),
      paged(tokens),
      "major items-changed: `Run` is no longer read item by item.",
    ],
    [
      "other items are major",
      paged({ ...tokens, items: "Names" }),
      paged({ ...tokens, items: "Others" }),
      "major items-changed: `Run` is read by the items of `Others`, formerly `Names`.",
    ],
    [
      "another token is a patch",
      paged(tokens),
      paged({ ...tokens, inputToken: "Start" }),
      "patch pages-changed: `Run` is read page by page with `Start`, `Token`, formerly `Token`, `Token`.",
    ],
    [
      "a waiter is minor",
      waiting({ Done: answers({ success: true }) }),
      waiting({ Done: answers({ success: true }), Over: answers({ success: true }) }),
      "minor waiter-added: `waitUntilOver` is a new waiter.",
    ],
    [
      "a waiter that is gone is major",
      waiting({ Done: answers({ success: true }), Over: answers({ success: true }) }),
      waiting({ Done: answers({ success: true }) }),
      "major waiter-removed: `waitUntilOver` is gone.",
    ],
    [
      "a waiter that ends with something else is major",
      waiting({ Done: answers({ success: true }) }),
      waiting({ Done: answers({ errorType: "Bad" }) }),
      "major waiter-result: `waitUntilDone` ends with `Promise<WaiterSuccess<Bad>>`, formerly `Promise<WaiterSuccess<Answer & MetadataBearer>>`.",
      "minor waiter-changed: `waitUntilDone` judges answers anew.",
    ],
    [
      "a waiter with other pauses is minor",
      waiting({ Done: answers({ success: true }) }),
      waiting({ Done: { ...answers({ success: true }), minDelay: 9 } }),
      "minor waiter-changed: `waitUntilDone` judges answers anew.",
    ],
  ])("%s", (...parts) => check(...parts));
});

describe("names", () => {
  test("one that gives way to a new shape is major", () => {
    const run = { Run: operation({ output: "Output" }) };
    expect(
      changesBetween(
        { ...run, Output: structure() },
        { ...run, Output: structure({ A: "RunError" }), RunError: structure() },
      ),
    ).toEqual([
      "major name-changed: `RunError` is now called `RunOperationError`.",
      "major name-changed: `isRunError` is now called `isRunOperationError`.",
      "minor shape-added: `RunError` is new.",
      "minor member-added: `Output.A` is new.",
    ]);
  });

  test("a shape that takes one of what every package exports is major", () => {
    expect(
      changesBetween(
        { Output: structure() },
        { Output: structure({ A: "Transport" }), Transport: structure() },
      ),
    ).toContain(
      "major name-hidden: `Transport` takes the place of the type or function that was exported under this name.",
    );
  });
});

describe("the service", () => {
  const shapes = { Run: operation() };
  const rule = (url: string, conditions: readonly unknown[] = []) => ({
    type: "endpoint",
    conditions,
    endpoint: { url },
  });
  const fips = {
    UseFIPS: { type: "Boolean", builtIn: "AWS::UseFIPS", required: true, default: false },
  };
  const isFips = { fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] };
  const ruleSet = (parameters: object, rules: readonly object[]) => ({
    "smithy.rules#endpointRuleSet": { version: "1.0", parameters, rules },
  });

  const option = (type: string, documentation?: string) => ({
    ...ruleSet({ Fast: { type } }, [rule("https://example.com")]),
    "smithy.rules#clientContextParams": { Fast: { type, ...(documentation && { documentation }) } },
  });
  const noOption = ruleSet({ Fast: { type: "boolean" } }, [rule("https://example.com")]);

  test.each<[string, Part, Part, ...string[]]>([
    [
      "one more option of clients is minor",
      noOption,
      option("boolean"),
      "minor client-option-added: The option `fast` of clients is new.",
    ],
    [
      "one option less of clients is major",
      option("boolean"),
      noOption,
      "major client-option-removed: The option `fast` of clients is removed.",
    ],
    [
      "other words about an option of clients are a patch",
      option("boolean"),
      option("boolean", "Be fast."),
      "patch client-option-documentation: The option `fast` of clients is documented anew.",
    ],
    [
      "an option of another type is major",
      option("boolean"),
      option("string"),
      "major client-option-type: The option `fast` of clients is of another type.",
    ],
    [
      "another name among SDKs is major",
      {},
      { "aws.api#service": { sdkId: "Other" } },
      "major service-renamed: `Other` is called `Other` among SDKs, formerly called `Example` among SDKs.",
      "patch title: `Other` is entitled `Other`, formerly entitled `Example`.",
    ],
    [
      "another protocol is minor",
      {},
      { "aws.protocols#awsJson1_1": null, "aws.protocols#awsJson1_0": {} },
      "minor protocol: `Example` is called over AWS JSON 1.0, formerly called over AWS JSON 1.1.",
    ],
    [
      "another name in signatures is minor",
      {},
      { "aws.auth#sigv4": { name: "other" } },
      "minor signing-name: `Example` is signed for `other`, formerly signed for `example`.",
    ],
    [
      "other endpoints are minor",
      {},
      ruleSet({}, [rule("https://other.example.com")]),
      "minor endpoint-rules: `Example` has new rules for its endpoints.",
    ],
    [
      "endpoints that no longer ask for an option are major",
      ruleSet(fips, [rule("https://fips.example.com", [isFips]), rule("https://example.com")]),
      {},
      "major endpoint-option-removed: `Example` chooses its endpoint whatever `AWS::UseFIPS` says.",
      "minor endpoint-rules: `Example` has new rules for its endpoints.",
    ],
    [
      "endpoints where there were none are minor",
      { "smithy.rules#endpointRuleSet": null },
      {},
      "minor endpoint-rules: `Example` has new rules for its endpoints.",
    ],
    [
      "another title is a patch",
      {},
      { title: "The Example" },
      "patch title: `Example` is entitled `The Example`, formerly entitled `Example`.",
    ],
    [
      "traits that change nothing in generated code are nothing",
      {},
      { "aws.api#controlPlane": {}, "smithy.api#cors": {} },
    ],
  ])("%s", (_what, old, next, ...changes) => {
    const services = { old: { traits: old }, new: { traits: qualified(next) } };
    expect(changesBetween(shapes, shapes, services)).toEqual(changes);
  });

  test("an operation that is left out is told as gone, and why", () => {
    const streaming = {
      ...shapes,
      Run2: operation({ input: "Given" }),
      Given: structure({ A: "Stream" }),
    };
    expect(
      changesBetween(
        { ...streaming, Stream: simple("blob") },
        { ...streaming, Stream: simple("blob", { streaming: {} }) },
      ),
    ).toEqual([
      "major operation-removed: `Run2` is gone.",
      "major shape-removed: `Given` is gone.",
      "patch left-out: `Run2` is left out: it streams (com.example#Given$A), and event streams and streamed bodies are not supported.",
    ]);
  });
});

function qualified(traits: Part): Part {
  return Object.fromEntries(
    Object.entries(traits).map(([id, value]) => [id === "title" ? "smithy.api#title" : id, value]),
  );
}

describe("documentation", () => {
  const documented = (documentation: string | undefined, traits: Part = {}) =>
    input(structure({ A: "Text" }), {
      Text: simple("string", { ...traits, ...(documentation !== undefined && { documentation }) }),
    });

  test.each<Case>([
    [
      "in other words is a patch, told of the shape that has them",
      documented("<p>Old words.</p>"),
      documented("<p>New words.</p>"),
      "patch documentation: `Shape.A` has new documentation.",
    ],
    [
      "that reads the same is nothing",
      documented("<p>Same words. </p>"),
      documented("<p>Same  words.</p>"),
    ],
    [
      "that says that something is deprecated is minor",
      documented(undefined),
      documented(undefined, { deprecated: { message: "Use B.", since: "2020" } }),
      "minor deprecated: `Shape.A` is deprecated since 2020: Use B.",
    ],
    [
      "that no longer says so is a patch",
      documented(undefined, { deprecated: {} }),
      documented(undefined),
      "patch deprecation-changed: `Shape.A` is no longer deprecated.",
    ],
  ])("%s", (...parts) => check(...parts));
});

describe("the first example of an operation", () => {
  const withExamples = (examples: { readonly [operation: string]: Part }): Parts => ({
    Get: operation({ input: "Given", traits: { examples: [{ title: "A", ...examples.Get }] } }),
    Set: operation({
      input: "Given",
      output: "Got",
      traits: { examples: [{ title: "A", ...examples.Set }] },
    }),
    Given: structure({ A: "String" }),
    Got: structure({ B: "String" }),
  });

  test.each<Case>([
    [
      "whose input READMEs show is a patch",
      withExamples({ Get: { input: { A: "one" } } }),
      withExamples({ Get: { input: { A: "two" } } }),
      "patch example: `Get` has another example.",
    ],
    [
      "whose input nothing shows is nothing",
      withExamples({ Get: { input: { A: "one" } }, Set: { input: { A: "one" } } }),
      withExamples({ Get: { input: { A: "one" } }, Set: { input: { A: "two" } } }),
    ],
    [
      "whose output mocks answer with is a patch",
      withExamples({ Set: { output: { B: "one" } } }),
      withExamples({ Set: { output: { B: "two" } } }),
      "patch example: `Set` has another example.",
    ],
    [
      "under another title is nothing",
      withExamples({ Get: { input: { A: "one" } } }),
      withExamples({ Get: { title: "B", input: { A: "one" } } }),
    ],
  ])("%s", (...parts) => check(...parts));
});

test("the order of shapes, members and values has no meaning", () => {
  const parts: Parts = {
    Input: structure({ A: "Kind", B: "String" }),
    Output: structure({ C: "String", D: "String" }),
    Kind: enumeration("enum", { X: {}, Y: {} }),
  };
  const reversed: Parts = {
    Kind: enumeration("enum", { Y: {}, X: {} }),
    Output: structure({ D: "String", C: "String" }),
    Input: structure({ B: "String", A: "Kind" }),
  };
  expect(changesBetween(parts, reversed)).toEqual([]);
});

describe("the table of rules", () => {
  test("names each rule once", () => {
    const names = rules.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  test("stands in the documentation as it is in code", () => {
    const file = new URL("../../../docs/model-changes.md", import.meta.url);
    const documentation = readFileSync(file, "utf8");
    expect(documentation).toContain(`\n\n${writeRuleTable(rules)}\n\n`);
  });
});
