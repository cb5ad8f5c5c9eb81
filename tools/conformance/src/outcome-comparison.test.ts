import { ResponseError, ServiceError, UnmodeledServiceError } from "@pawprint/runtime";
import { expect, test } from "vitest";
import { compareError, compareResult, type ExpectedError } from "./outcome-comparison.ts";
import { rightError, rightResponse } from "./sample.test-model.ts";

class Refused extends ServiceError {
  constructor(options: object = {}, fault: "client" | "server" = "client", name = "Refused") {
    super(name, fault, options, { members: Object.keys(options) });
  }
}

class Other extends Refused {}

const $metadata = { httpStatusCode: 200, requestId: "id-1", attempts: 1, totalRetryDelay: 0 };
const members = { Name: "n", When: new Date(0) };

test("a result with the members of the test has no difference", () => {
  expect(compareResult(rightResponse, members, { result: { ...members, $metadata } })).toEqual([]);
});

test.each<[string, object]>([
  ["value", { ...members, Name: "m", $metadata }],
  ["type", { ...members, When: 0, $metadata }],
  ["missing member", { Name: "n", $metadata }],
  ["member too much", { ...members, More: 1, $metadata }],
  ["status", { ...members, $metadata: { ...$metadata, httpStatusCode: 201 } }],
  ["request id", { ...members, $metadata: { ...$metadata, requestId: "id-2" } }],
  ["number of attempts", { ...members, $metadata: { ...$metadata, attempts: 2 } }],
])("a result with a wrong %s is a difference", (_dimension, result) => {
  expect(compareResult(rightResponse, members, { result })).toHaveLength(1);
});

test("an error is a difference where a result is expected", () => {
  const error = new ResponseError("cannot be read", "<", {});
  expect(compareResult(rightResponse, members, { error })).toEqual([
    "the call failed: ResponseError: cannot be read",
  ]);
});

const expected: ExpectedError = {
  name: "Refused",
  fault: "client",
  class: Refused,
  members: { Message: "no", Since: new Date(0) },
};
const errorMetadata = { httpStatusCode: 400, attempts: 1, totalRetryDelay: 0 };
const right = { message: "no", Since: new Date(0), $metadata: errorMetadata };

test("an error with the class, the message and the members of the test has no difference", () => {
  expect(compareError(rightError, expected, { error: new Refused(right) })).toEqual([]);
});

test.each<[string, unknown]>([
  ["class", new Other(right)],
  ["name", new Refused(right, "client", "Denied")],
  ["fault", new Refused(right, "server")],
  ["message", new Refused({ ...right, message: "yes" })],
  ["member", new Refused({ ...right, Since: new Date(1) })],
  ["missing member", new Refused({ message: "no", $metadata: errorMetadata })],
  ["member too much", new Refused({ ...right, More: 1 })],
  ["status", new Refused({ ...right, $metadata: { ...errorMetadata, httpStatusCode: 500 } })],
  ["kind", new ResponseError("cannot be read", "<", {})],
  ["kind of value", "Refused"],
])("an error with a wrong %s is a difference", (_dimension, error) => {
  expect(compareError(rightError, expected, { error })).toHaveLength(1);
});

test("an error that nobody recognised is a difference", () => {
  const error = new UnmodeledServiceError("Refused", "client", right);
  expect(compareError(rightError, expected, { error })).toContain(
    "class: expected Refused, found UnmodeledServiceError",
  );
});

test("an error without a class of its own is a difference", () => {
  const { class: _class, ...rest } = expected;
  const error = new Refused(right);
  expect(compareError(rightError, { ...rest, class: undefined }, { error })).toEqual([
    "the package exports no class for Refused",
  ]);
});

test("a result is a difference where an error is expected", () => {
  expect(compareError(rightError, expected, { result: {} })).toEqual([
    "the call succeeded, and Refused was expected",
  ]);
});
