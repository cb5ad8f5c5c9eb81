import { expect, test } from "vitest";
import { errorStructure, operation, required, structure } from "../../reader/example.test-model.ts";
import { exampleFile, exampleLines } from "../example.test-packages.ts";

test("the client has a method for each operation, over one transport", () => {
  const shapes = {
    Run: operation({
      input: "Input",
      output: "Output",
      errors: ["Broken"],
      traits: { documentation: "Runs." },
    }),
    Delete: operation(),
    Input: structure({ Name: required("String") }),
    Output: structure(),
    Broken: errorStructure(),
  };
  const service = { traits: { documentation: "Does things." } };
  const text = exampleFile("core/src/client.ts", shapes, service);
  expect(text.slice(text.indexOf("\n/**") + 1).split("\n")).toEqual([
    "/** Does things. */",
    "export class ExampleClient {",
    "  private readonly transport: Transport;",
    "",
    "  /** A client over a transport of your own. The packages for a platform have one that makes its transport itself. */",
    "  constructor(transport: Transport) {",
    "    this.transport = transport;",
    "  }",
    "",
    "  delete_(",
    "    input: Unit = {},",
    "    options?: CallOptions,",
    "  ): Promise<MetadataBearer> {",
    "    return delete_(this.transport, input, options);",
    "  }",
    "",
    "  /**",
    "   * Runs.",
    "   *",
    "   * @throws {RunError} where the service answers with an error of the model",
    "   */",
    "  run(",
    "    input: Input,",
    "    options?: CallOptions,",
    "  ): Promise<Output & MetadataBearer> {",
    "    return run(this.transport, input, options);",
    "  }",
    "",
    "  /** Frees idle connections. Calls under way still settle. */",
    "  destroy(): void {",
    "    this.transport.destroy();",
    "  }",
    "}",
    "",
  ]);
});

test("a structure called like the transport has another name beside it", () => {
  const shapes = { Run: operation({ input: "Transport" }), Transport: structure() };
  const lines = exampleLines("core/src/client.ts", "export class", shapes);
  expect(lines).toContain("  private readonly transport: Transport;");
  expect(lines).toContain("    input: Transport_ = {},");
});
