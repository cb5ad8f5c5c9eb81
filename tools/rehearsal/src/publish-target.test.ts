import { describe, expect, test } from "vitest";
import {
  ForeignTargetError,
  listOwnTargets,
  listSettings,
  refuseForeignTargets,
} from "./publish-target.ts";

describe("a rehearsal", () => {
  test.each(["http://127.0.0.1:4873/", "http://localhost:4873"])("publishes to %s", (url) => {
    expect(() => refuseForeignTargets([{ setting: "registry", url }])).not.toThrow();
  });

  test.each([
    "https://registry.example.com/",
    "https://127.0.0.1.example.com/",
    "https://localhost.example.com/",
    "https://127.0.0.1@registry.example.com/",
    "http://0.0.0.0:4873/",
    "",
    "null",
  ])("does not publish to %j", (url) => {
    const publish = (): void => refuseForeignTargets([{ setting: "registry", url }]);
    expect(publish).toThrow(ForeignTargetError);
    expect(publish).toThrow(`registry is ${url};`);
  });

  test("does not publish where one of several settings leads elsewhere", () => {
    const targets = [
      { setting: "registry", url: "http://127.0.0.1:4873/" },
      { setting: "@example:registry", url: "https://registry.example.com/" },
    ];
    expect(() => refuseForeignTargets(targets)).toThrow("@example:registry");
  });

  test("passes over a scope that npm has no registry for", () => {
    const targets = [
      { setting: "registry", url: "http://127.0.0.1:4873/" },
      { setting: "@example:registry", url: "undefined" },
    ];
    expect(() => refuseForeignTargets(targets)).not.toThrow();
  });

  test("does not publish where nothing says where to", () => {
    const unset = [{ setting: "registry", url: "undefined" }];
    expect(() => refuseForeignTargets(unset)).toThrow("names no registry");
  });
});

test("npm is asked for its registry, and for that of each scope", () => {
  const manifests = [{ name: "@a/x" }, { name: "@a/y" }, { name: "@b/z" }, { name: "plain" }];
  expect(listSettings(manifests)).toEqual(["registry", "@a:registry", "@b:registry"]);
});

test("what manifests say of registries are targets", () => {
  const own = listOwnTargets([
    { name: "@a/x", publishConfig: { access: "public", registry: "https://a.example.com" } },
    { name: "@a/y", publishConfig: { "@a:registry": "https://b.example.com" } },
    { name: "@a/z" },
  ]);
  expect(own).toEqual([
    { setting: 'publishConfig["registry"] of @a/x', url: "https://a.example.com" },
    { setting: 'publishConfig["@a:registry"] of @a/y', url: "https://b.example.com" },
  ]);
});
