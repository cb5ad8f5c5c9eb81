import { describe, expect, test } from "vitest";
import type { Service } from "../ir/service.ts";
import { exampleService, type Part, problemOf } from "../reader/example.test-model.ts";
import { selectProtocol } from "./protocol.ts";

/** A service with these protocol traits and no other. */
function speaking(...protocols: readonly string[]): Service {
  const none: Part = { "aws.protocols#awsJson1_1": null };
  const traits = protocols.map((name) => [`aws.protocols#${name}`, {}]);
  return exampleService({}, { traits: { ...none, ...Object.fromEntries(traits) } });
}

describe("a service gets the protocol that it speaks", () => {
  test.each([
    ["awsJson1_0", "AWS JSON 1.0"],
    ["awsJson1_1", "AWS JSON 1.1"],
  ])("%s", (name, title) => {
    const service = speaking(name);
    const protocol = selectProtocol(service);
    expect(protocol.title).toBe(title);
    expect(protocol.client(service)).toMatchObject({ name, from: "@pawprint/runtime/protocol" });
    expect(protocol.server(service)).toMatchObject({
      name: `${name}Server`,
      from: "@pawprint/runtime/mocks",
    });
  });

  test("in the variant that keeps the codes of the query protocol", () => {
    const service = speaking("awsJson1_0", "awsQueryCompatible");
    const protocol = selectProtocol(service);
    expect(protocol.client(service).name).toBe("awsJson1_0QueryCompatible");
    expect(protocol.server(service).name).toBe("awsJson1_0ServerQueryCompatible");
  });

  test.each([
    [["awsJson1_0", "awsJson1_1"], "AWS JSON 1.1"],
    [["awsJson1_1", "awsJson1_0"], "AWS JSON 1.1"],
    [["restJson1", "awsJson1_0"], "AWS JSON 1.0"],
  ])("of %j that is %s", (names, title) => {
    expect(selectProtocol(speaking(...names)).title).toBe(title);
  });
});

describe("a service that speaks none of them is refused, with those that there are", () => {
  test.each([
    ["restJson1", ["restJson1"], "aws.protocols#restJson1"],
    ["two others", ["restXml", "awsQuery"], "aws.protocols#restXml, aws.protocols#awsQuery"],
    ["nothing", [], "no protocol"],
  ])("%s", (_what, names, spoken) => {
    expect(problemOf(() => selectProtocol(speaking(...names)))).toBe(
      `model.json: com.example#ExampleService: the service speaks ${spoken}; what can be generated is aws.protocols#awsJson1_1, aws.protocols#awsJson1_0`,
    );
  });
});
