import type { Part } from "../reader/example.test-model.ts";

/** A model with one thing changed, and what that is. */
export interface Mutation {
  readonly name: string;
  readonly model: Part;
}

/** Every model that differs from the given one in one place, by each way in which models change. */
export function* mutate(model: Part): Iterable<Mutation> {
  const shapes = model.shapes as Shapes;
  for (const id of Object.keys(shapes)) {
    for (const [name, edit] of editsOf(shapes[id] as Shape, shapes)) {
      const copy = structuredClone(model) as { shapes: Shapes };
      edit(copy.shapes[id] as Shape, copy.shapes, id);
      yield { name: `${id}: ${name}`, model: copy as Part };
    }
  }
}

interface Shape {
  type: string;
  version?: string;
  traits?: Traits;
  members?: { [name: string]: ShapeMember };
  member?: ShapeMember;
  key?: ShapeMember;
  value?: ShapeMember;
  input?: Reference;
  output?: Reference;
  errors?: Reference[];
  operations?: Reference[];
}

interface ShapeMember {
  target: string;
  traits?: Traits;
}

interface Traits {
  [id: string]: unknown;
}

interface Reference {
  target: string;
}

interface Shapes {
  [id: string]: Shape;
}

type Edit = readonly [name: string, edit: (shape: Shape, shapes: Shapes, id: string) => void];

function editsOf(shape: Shape, shapes: Shapes): readonly Edit[] {
  return [...traitEdits(shape), ...memberEdits(shape), ...partEdits(shape, shapes)];
}

const newTraits: Traits = {
  "smithy.api#documentation": "Other words.",
  "smithy.api#deprecated": { message: "Use another." },
  "smithy.api#sensitive": {},
};

const constraintTraits: Traits = {
  "smithy.api#length": { min: 2, max: 7 },
  "smithy.api#range": { min: 2, max: 7 },
  "smithy.api#pattern": "^[a-f]+$",
};

const memberTraits: Traits = {
  ...newTraits,
  ...constraintTraits,
  "smithy.api#required": {},
  "smithy.api#clientOptional": {},
  "smithy.api#default": 5,
  "smithy.api#idempotencyToken": {},
  "smithy.api#timestampFormat": "http-date",
  "smithy.rules#contextParam": { name: "Bucket" },
};

const shapeTraits: { readonly [type: string]: Traits } = {
  operation: {
    "smithy.api#documentation": "Other words.",
    "smithy.api#deprecated": { since: "2020" },
    "smithy.api#auth": [],
    "smithy.api#optionalAuth": {},
    "smithy.api#httpChecksumRequired": {},
    "smithy.api#idempotent": {},
    "smithy.api#requestCompression": { encodings: ["gzip"] },
    "smithy.api#endpoint": { hostPrefix: "other." },
    "smithy.api#examples": [{ title: "Other", input: { Account: "two" }, output: { Size: 2 } }],
    "smithy.rules#staticContextParams": { Bucket: { value: "fixed" } },
  },
  structure: {
    ...newTraits,
    "smithy.api#httpError": 418,
    "smithy.api#retryable": {},
    "aws.protocols#awsQueryError": { code: "Example.Gone", httpResponseCode: 400 },
  },
  union: newTraits,
  enum: newTraits,
  intEnum: newTraits,
  string: { ...newTraits, ...constraintTraits },
  blob: { ...newTraits, ...constraintTraits },
  integer: { ...newTraits, ...constraintTraits },
  list: {
    ...newTraits,
    ...constraintTraits,
    "smithy.api#sparse": {},
    "smithy.api#uniqueItems": {},
  },
  map: { ...newTraits, ...constraintTraits, "smithy.api#sparse": {} },
  service: {
    "smithy.api#documentation": "Other words.",
    "smithy.api#title": "Other Service",
    "aws.api#service": { sdkId: "Other" },
    "aws.auth#sigv4": { name: "other" },
    "aws.protocols#awsJson1_0": {},
    "aws.protocols#awsQueryCompatible": {},
    "smithy.rules#clientContextParams": { Bucket: { type: "string", documentation: "Where." } },
  },
};

function* traitEdits(shape: Shape): Iterable<Edit> {
  const { traits = {} } = shape;
  for (const id of Object.keys(traits)) {
    yield [`without ${id}`, (edited) => delete edited.traits?.[id]];
    for (const [index, change] of (valueEdits[id] ?? []).entries()) {
      yield [
        `${id} changed in way ${index + 1}`,
        (edited) => setTrait(edited, id, change(edited.traits?.[id] as never)),
      ];
    }
  }
  for (const [id, value] of Object.entries(shapeTraits[shape.type] ?? {})) {
    yield [`with another ${id}`, (edited) => setTrait(edited, id, value)];
  }
  if (traits["smithy.api#error"] !== undefined) {
    const other = traits["smithy.api#error"] === "client" ? "server" : "client";
    yield ["the other side's fault", (edited) => setTrait(edited, "smithy.api#error", other)];
  }
}

const valueEdits: { readonly [id: string]: readonly ((value: never) => unknown)[] } = {
  "smithy.api#paginated": [
    ({ items: _items, ...value }: Traits) => value,
    ({ pageSize: _pageSize, ...value }: Traits) => value,
    (value: Traits) => ({ ...value, items: "Others" }),
  ],
  "smithy.waiters#waitable": [
    ({ ThingReady }: { ThingReady: Traits }) => ({ ThingReady: { ...ThingReady, minDelay: 7 } }),
    ({ ThingReady }: { ThingReady: Traits }) => ({
      ThingReady: { ...ThingReady, documentation: "Waits long." },
    }),
    ({ ThingReady }: { ThingReady: { acceptors: readonly unknown[] } }) => ({
      ThingReady: { ...ThingReady, acceptors: ThingReady.acceptors.slice(0, 1) },
    }),
    ({ ThingReady }: { ThingReady: { acceptors: readonly unknown[] } }) => ({
      ThingReady: {
        ...ThingReady,
        acceptors: [...ThingReady.acceptors, { state: "success", matcher: { errorType: "Busy" } }],
      },
    }),
    ({ ThingReady }: { ThingReady: Traits }) => ({ ThingReady, ThingSteady: ThingReady }),
  ],
  "smithy.rules#endpointRuleSet": [
    (value: { rules: readonly unknown[] }) => ({ ...value, rules: value.rules.slice(1) }),
    (value: { parameters: Traits; rules: readonly unknown[] }) => {
      const { UseFIPS: _fips, ...parameters } = value.parameters;
      return { ...value, parameters, rules: value.rules.slice(1) };
    },
    (value: { parameters: Traits }) => ({
      ...value,
      parameters: { ...value.parameters, Bucket: { type: "String", documentation: "There." } },
    }),
  ],
};

function setTrait(owner: { traits?: Traits }, id: string, value: unknown): void {
  owner.traits = { ...owner.traits, [id]: value };
}

const otherTargets: readonly string[] = [
  "smithy.api#String",
  "smithy.api#Integer",
  "smithy.api#Long",
  "smithy.api#Double",
  "smithy.api#Timestamp",
  "com.example#Kind",
  "com.example#Level",
  "com.example#Names",
  "com.example#Details",
];

function* memberEdits(shape: Shape): Iterable<Edit> {
  const parts = (["member", "key", "value"] as const).filter((part) => shape[part] !== undefined);
  const names = Object.keys(shape.members ?? {});
  const isEnum = shape.type === "enum" || shape.type === "intEnum";
  for (const name of names) {
    yield [`without ${name}`, ({ members }) => delete members?.[name]];
    yield [
      `${name} called ${name}2`,
      (edited) => {
        const entries = Object.entries(edited.members ?? {});
        const renamed = entries.map(([key, value]) => [key === name ? `${name}2` : key, value]);
        edited.members = Object.fromEntries(renamed) as Shape["members"] & object;
      },
    ];
  }
  for (const name of [...names, ...parts]) {
    const find = (edited: Shape): ShapeMember =>
      (edited.members?.[name] ?? edited[name as "member"]) as ShapeMember;
    const { traits = {}, target } = find(shape);
    for (const id of Object.keys(traits)) {
      yield [`${name} without ${id}`, (edited) => delete find(edited).traits?.[id]];
    }
    const added = isEnum ? { ...newTraits, "smithy.api#enumValue": "9" } : memberTraits;
    for (const [id, value] of Object.entries(added)) {
      yield [`${name} with another ${id}`, (edited) => setTrait(find(edited), id, value)];
    }
    for (const other of isEnum ? [] : otherTargets) {
      if (other === target) continue;
      yield [
        `${name} of ${other}`,
        (edited) => {
          find(edited).target = other;
        },
      ];
    }
  }
  if (shape.members !== undefined) {
    const target = isEnum ? "smithy.api#Unit" : "smithy.api#String";
    const value = shape.type === "intEnum" ? 7 : "added";
    const traits = isEnum ? { "smithy.api#enumValue": value } : {};
    yield [
      "a new member",
      ({ members }) => Object.assign(members ?? {}, { Added: { target, traits } }),
    ];
    yield [
      "a new required member",
      ({ members }) =>
        Object.assign(members ?? {}, {
          Added: { target, traits: { ...traits, "smithy.api#required": {} } },
        }),
    ];
  }
}

function* partEdits(shape: Shape, shapes: Shapes): Iterable<Edit> {
  if (shape.type === "operation") {
    yield ["is gone", (_edited, all, id) => removeOperation(all, id)];
    yield ["without input", (edited) => delete edited.input];
    yield ["without output", (edited) => delete edited.output];
    yield ["without errors", (edited) => delete edited.errors];
    for (const [id, { traits }] of Object.entries(shapes)) {
      const errors = [...(shape.errors ?? []), { target: id }];
      if (traits?.["smithy.api#error"] === undefined) continue;
      yield [`with error ${id}`, (edited) => Object.assign(edited, { errors })];
    }
    for (const id of ["Details", "GetThingInput", "ListThingsInput"].map(inExample)) {
      yield [`with input ${id}`, (edited) => Object.assign(edited, { input: { target: id } })];
      yield [`with output ${id}`, (edited) => Object.assign(edited, { output: { target: id } })];
    }
  }
  if (shape.type === "structure") {
    yield ["a union instead", (edited) => Object.assign(edited, { type: "union" })];
  }
  if (shape.type === "service") {
    for (const name of ["GetThingError", "ChoiceMembers", "Transport"]) {
      yield [
        `a shape called ${name}`,
        (_edited, all) => {
          all[inExample(name)] = { type: "structure", members: {} };
          const { members = {} } = all[inExample("Details")] as Shape;
          members.Added = { target: inExample(name) };
        },
      ];
    }
    yield [
      "another name",
      (edited, all, id) => {
        delete all[id];
        all[inExample("Renamed")] = edited;
      },
    ];
    yield ["another version", (edited) => Object.assign(edited, { version: "2021" })];
    yield [
      "a new operation",
      ({ operations }, all) => {
        operations?.push({ target: "com.example#Added" });
        all["com.example#Added"] = { type: "operation" };
      },
    ];
  }
}

function inExample(name: string): string {
  return `com.example#${name}`;
}

function removeOperation(shapes: Shapes, id: string): void {
  delete shapes[id];
  for (const shape of Object.values(shapes)) {
    if (shape.operations === undefined) continue;
    shape.operations = shape.operations.filter(({ target }) => target !== id);
  }
}
