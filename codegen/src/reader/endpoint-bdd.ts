import type { EndpointType } from "../ir/endpoint-functions.ts";
import type {
  EndpointCondition,
  EndpointDiagram,
  EndpointOutcome,
  EndpointStep,
} from "../ir/endpoint-rules.ts";
import {
  readCondition,
  readParameters,
  readRule,
  readVersion,
  type Scope,
  scopeOf,
  scopeWhere,
  scopeWhereNot,
} from "./endpoint-rules.ts";
import {
  mismatch,
  readArray,
  readInteger,
  readObject,
  readProperty,
  readString,
  refuseUnknownProperties,
  within,
} from "./json.ts";
import { type Address, ModelError } from "./model-error.ts";

/**
 * Reads `smithy.rules#endpointBdd`, and checks all that can be checked without evaluating it: each
 * reference leads onwards to something that is there, and what a condition or a result reads is
 * there on every way that leads to it. What no way leads to is not looked at.
 * @see https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait
 */
export function readEndpointBdd(value: unknown, address: Address): EndpointDiagram {
  const bdd = readObject(value, address);
  refuseUnknownProperties(
    bdd,
    ["version", "parameters", "conditions", "results", "root", "nodeCount", "nodes"],
    address,
  );
  readProperty(bdd, "version", address, readBddVersion);
  const parameters = readProperty(bdd, "parameters", address, readParameters);
  const encoded: EncodedDiagram = {
    conditions: readProperty(bdd, "conditions", address, readArray),
    results: readProperty(bdd, "results", address, readArray),
    nodes: readProperty(bdd, "nodes", address, readNodes),
    root: readProperty(bdd, "root", address, readInteger),
    address,
  };
  readProperty(bdd, "nodeCount", address, (count, at) => checkNodeCount(count, at, encoded));
  checkReferences(encoded);
  return { parameters, root: new DiagramReader(encoded, scopeOf(parameters)).read() };
}

/** A node of the binary form, and its three numbers. */
interface EncodedNode {
  readonly condition: number;
  readonly high: number;
  readonly low: number;
}

interface EncodedDiagram {
  readonly conditions: readonly unknown[];
  readonly results: readonly unknown[];
  readonly nodes: readonly EncodedNode[];
  readonly root: number;
  readonly address: Address;
}

const bytesOfNode = 12;

/** What a reference to a result is above. The result of index 0, that nothing matches, is not written. */
const resultOffset = 100_000_000;

function readBddVersion(value: unknown, address: Address): void {
  if (readVersion(value, address) === "1.0") {
    throw mismatch(value, address, 'a version from "1.1"');
  }
}

function readNodes(value: unknown, address: Address): readonly EncodedNode[] {
  const text = readString(value, address);
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw mismatch(value, address, "base64");
  if (bytes.length % bytesOfNode !== 0) {
    throw new ModelError(
      address,
      `found ${bytes.length} bytes; ${bytesOfNode} for each node belong here`,
    );
  }
  return Array.from({ length: bytes.length / bytesOfNode }, (_, index) => {
    const start = index * bytesOfNode;
    return {
      condition: bytes.readInt32BE(start),
      high: bytes.readInt32BE(start + 4),
      low: bytes.readInt32BE(start + 8),
    };
  });
}

function checkNodeCount(value: unknown, address: Address, { nodes }: EncodedDiagram): void {
  if (readInteger(value, address) !== nodes.length) {
    throw mismatch(value, address, `${nodes.length}, the number of nodes in "nodes",`);
  }
}

function checkReferences(encoded: EncodedDiagram): void {
  const { nodes, conditions, root, address } = encoded;
  const nodesAddress = within(address, "nodes");
  const [terminal, ...others] = nodes;
  if (terminal?.condition !== -1 || terminal.high !== 1 || terminal.low !== -1) {
    throw new ModelError(nodesAddress, "node 0 is the terminal; -1, 1, -1 belong there");
  }
  others.forEach(({ condition, high, low }, index) => {
    const node = `node ${index + 1}`;
    if (condition < 0 || condition >= conditions.length) {
      throw new ModelError(
        nodesAddress,
        `${node} has the condition ${condition}; there are ${conditions.length}`,
      );
    }
    for (const reference of [high, low]) {
      checkReference(reference, node, nodesAddress, encoded);
      const next = isNode(reference) ? nodes[Math.abs(reference) - 1] : undefined;
      if (next !== undefined && next.condition <= condition) {
        throw new ModelError(
          nodesAddress,
          `${node} leads from the condition ${condition} to ${next.condition}; a later one belongs there`,
        );
      }
    }
  });
  checkReference(root, "it", within(address, "root"), encoded);
  if (root < -1) throw mismatch(root, within(address, "root"), "a reference from 1, or -1,");
}

function checkReference(
  reference: number,
  holder: string,
  address: Address,
  { nodes, results }: EncodedDiagram,
): void {
  const distance = Math.abs(reference);
  if (distance >= 1 && distance <= nodes.length) return;
  if (reference >= resultOffset && reference <= resultOffset + results.length) return;
  throw new ModelError(
    address,
    `${holder} refers to ${reference}; there are ${nodes.length} nodes and ${results.length} results`,
  );
}

/** Whether a reference is one to a node. 1 and -1 say that nothing matches. */
function isNode(reference: number): boolean {
  return Math.abs(reference) > 1 && reference < resultOffset;
}

interface ReadCondition {
  readonly condition: EndpointCondition;
  readonly gives: EndpointType;
}

class DiagramReader {
  private readonly encoded: EncodedDiagram;
  private readonly outer: Scope;
  /** What is in scope on every way to a reference, by reference. */
  private readonly scopes = new Map<number, Scope>();
  private readonly conditions = new Map<number, ReadCondition>();
  private readonly results = new Map<number, EndpointOutcome>();
  private readonly steps = new Map<number, EndpointStep>();

  constructor(encoded: EncodedDiagram, outer: Scope) {
    this.encoded = encoded;
    this.outer = outer;
  }

  read(): EndpointStep {
    this.arrive(this.encoded.root, this.outer);
    this.readConditions();
    this.readResults();
    return this.stepAt(this.encoded.root);
  }

  /** All ways to a condition come from earlier ones, so that its scope is known when it is read. */
  private readConditions(): void {
    const references = this.referencesByCondition();
    const assigned = new Map<string, number>();
    this.encoded.conditions.forEach((value, index) => {
      const reached = (references[index] ?? []).flatMap((reference) => {
        const scope = this.scopes.get(reference);
        return scope === undefined ? [] : [{ reference, scope }];
      });
      if (reached.length === 0) return;
      const address = within(this.encoded.address, "conditions", index);
      const scope = reached.map((way) => way.scope).reduce(commonScope);
      const read = readCondition(value, address, scope);
      checkAssigned(read.condition, index, assigned, address);
      this.conditions.set(index, read);
      for (const way of reached) {
        const [whenTrue, whenFalse] = this.waysFrom(way.reference);
        this.arrive(whenTrue, scopeWhere(read.condition, read.gives, way.scope));
        this.arrive(whenFalse, scopeWhereNot(read.condition, way.scope));
      }
    });
  }

  private referencesByCondition(): readonly (readonly number[])[] {
    const references: number[][] = this.encoded.conditions.map(() => []);
    this.encoded.nodes.forEach(({ condition }, index) => {
      references[condition]?.push(index + 1, -index - 1);
    });
    return references;
  }

  private readResults(): void {
    this.encoded.results.forEach((value, index) => {
      const reference = resultOffset + index + 1;
      const scope = this.scopes.get(reference);
      if (scope === undefined) return;
      this.results.set(
        reference,
        readResult(value, within(this.encoded.address, "results", index), scope),
      );
    });
  }

  private arrive(reference: number, scope: Scope): void {
    const known = this.scopes.get(reference);
    this.scopes.set(reference, known === undefined ? scope : commonScope(known, scope));
  }

  private stepAt(reference: number): EndpointStep {
    const known = this.steps.get(reference);
    if (known !== undefined) return known;
    const step = isNode(reference)
      ? this.decisionAt(reference)
      : (this.results.get(reference) ?? noMatch);
    this.steps.set(reference, step);
    return step;
  }

  private decisionAt(reference: number): EndpointStep {
    const read = this.conditions.get(this.nodeAt(reference).condition);
    if (read === undefined) throw new Error(`nothing has read the condition behind ${reference}`);
    const [whenTrue, whenFalse] = this.waysFrom(reference).map((way) => this.stepAt(way));
    if (whenTrue === undefined || whenFalse === undefined || whenTrue === whenFalse) {
      return whenTrue ?? noMatch;
    }
    return { type: "decision", ...read, whenTrue, whenFalse };
  }

  /** Where a reference leads where its condition holds, and where not. */
  private waysFrom(reference: number): readonly [number, number] {
    const { high, low } = this.nodeAt(reference);
    return reference < 0 ? [low, high] : [high, low];
  }

  private nodeAt(reference: number): EncodedNode {
    const node = this.encoded.nodes[Math.abs(reference) - 1];
    if (node === undefined) throw new Error(`nothing has checked the reference ${reference}`);
    return node;
  }
}

const noMatch: EndpointOutcome = { type: "noMatch" };

/** Two values of one name would be told apart by nothing but the way to them. */
function checkAssigned(
  { assign }: EndpointCondition,
  index: number,
  assigned: Map<string, number>,
  address: Address,
): void {
  if (assign === undefined) return;
  const earlier = assigned.get(assign);
  if (earlier !== undefined) {
    throw new ModelError(
      within(address, "assign"),
      `"${assign}" is assigned by condition ${earlier}; a name of its own belongs here`,
    );
  }
  assigned.set(assign, index);
}

function readResult(value: unknown, address: Address, scope: Scope): EndpointOutcome {
  const rule = readRule(value, address, scope);
  if (rule.type === "tree") {
    throw mismatch(rule.type, within(address, "type"), 'one of "endpoint", "error"');
  }
  if (rule.conditions.length > 0) {
    throw new ModelError(
      within(address, "conditions"),
      "found conditions; those of a diagram stand in its nodes",
    );
  }
  return rule;
}

/** What both ways to a place have in scope. */
function commonScope(one: Scope, other: Scope): Scope {
  if (one === other) return one;
  return new Map(
    [...one].flatMap(([name, type]) => {
      const found = other.get(name);
      return found === undefined
        ? []
        : [[name, { ...type, optional: type.optional || found.optional }] as const];
    }),
  );
}
