import { describe, expect, it } from "vitest";
import { exactJson } from "../protocol/json.ts";
import {
  awsJson1_0Server,
  awsJson1_0ServerQueryCompatible,
  awsJson1_1Server,
  awsJson1_1ServerQueryCompatible,
} from "./server-protocol.ts";

const envelope = { requestId: "id-1", date: new Date("2026-07-01T00:00:00Z") };
const error = { name: "ThrottlingException", message: "slow down", status: 400, members: {} };

describe.each([
  { version: "1.0", protocol: awsJson1_0Server },
  { version: "1.0", protocol: awsJson1_0ServerQueryCompatible },
  { version: "1.1", protocol: awsJson1_1Server },
  { version: "1.1", protocol: awsJson1_1ServerQueryCompatible },
])("a server of AWS JSON $version", ({ version, protocol }) => {
  it("knows a request by its target", () => {
    const request = new Request("https://example.com", {
      method: "POST",
      headers: { "X-Amz-Target": "Example.GetProduct" },
    });
    expect(protocol.matches(request, "Example.GetProduct")).toBe(true);
    expect(protocol.matches(request, "Example.GetProducts")).toBe(false);
    expect(protocol.matches(new Request("https://example.com"), "Example.GetProduct")).toBe(false);
  });

  it("reads an object, and nothing as an empty one", () => {
    expect(protocol.parseRequest('{"Id":9007199254740993}', exactJson.parse)).toEqual({
      Id: 9007199254740993n,
    });
    expect(protocol.parseRequest("", JSON.parse)).toEqual({});
    expect(() => protocol.parseRequest("[]", JSON.parse)).toThrow(SyntaxError);
  });

  it("answers with JSON, a request id and the time", async () => {
    const response = protocol.createResponse('{"Name":"a"}', envelope);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": `application/x-amz-json-${version}`,
      date: "Wed, 01 Jul 2026 00:00:00 GMT",
      "x-amzn-requestid": "id-1",
    });
    expect(await response.text()).toBe('{"Name":"a"}');
  });

  it("names an error in its header and in its body", async () => {
    const response = protocol.createErrorResponse(error, JSON.stringify, envelope);
    expect(response.status).toBe(400);
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": `application/x-amz-json-${version}`,
      date: "Wed, 01 Jul 2026 00:00:00 GMT",
      "x-amzn-requestid": "id-1",
      "x-amzn-errortype": "ThrottlingException",
    });
    expect(await response.json()).toEqual({ __type: "ThrottlingException", message: "slow down" });
  });

  it("writes the members of an error, which hide neither its name nor its message", async () => {
    const members = { Until: 2n ** 60n, __type: "Other", message: "other" };
    const response = protocol.createErrorResponse(
      { ...error, members },
      exactJson.stringify,
      envelope,
    );
    expect(await response.text()).toBe(
      '{"Until":1152921504606846976,"__type":"ThrottlingException","message":"slow down"}',
    );
  });
});
