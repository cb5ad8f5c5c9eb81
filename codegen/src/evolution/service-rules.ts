import { emitEndpointFile } from "../emit/core/endpoint-file.ts";
import { emitEndpointTestFile } from "../emit/core/endpoint-test-file.ts";
import { isAlwaysSigned } from "../emit/core/service-file.ts";
import { lowerEndpointRules } from "../endpoints/rule-lowering.ts";
import type { EndpointOption } from "../ir/endpoint-rules.ts";
import { uncapitalize } from "../ir/naming.ts";
import type { Service } from "../ir/service.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { ModelPair, Pairing, Side } from "./model-pair.ts";
import { pairByName } from "./model-pair.ts";
import type { Finding, Predicate, Rule } from "./rule.ts";
import { being, quote, same } from "./rule.ts";

/** Rules about the service as a whole: how it is reached, and what it is called. */
export const serviceRules: readonly Rule[] = [
  {
    name: "service-renamed",
    finds: "another `sdkId`",
    class: "major",
    group: "changed",
    reason: "Packages and clients are named after it.",
    find: (pair) => findTold(pair, ({ sdkId }) => `called ${quote(sdkId)} among SDKs`),
  },
  {
    name: "protocol",
    finds: "another protocol, or another variant of it",
    class: "minor",
    group: "changed",
    reason: "The same calls go over the wire in another form; only who looks at requests notices.",
    find: (pair) =>
      findBy(pair, ({ plan: { protocol, service } }) => {
        const variant = service.traits.has("aws.protocols#awsQueryCompatible");
        return `called over ${protocol.title}${variant ? ", with the error codes of the query protocol" : ""}`;
      }),
  },
  {
    name: "target",
    finds: "another service name in the header that says what is called",
    class: "minor",
    group: "changed",
    reason: "As with a protocol: only who looks at requests notices.",
    find: (pair) => findTold(pair, ({ shapeName }) => `addressed as ${quote(shapeName)}`),
  },
  {
    name: "signing-name",
    finds: "signatures for another service name",
    class: "minor",
    group: "changed",
    reason: "Code and credentials stay; requests are signed as the service now asks.",
    find: (pair) => findTold(pair, ({ signingName }) => `signed for ${quote(signingName)}`),
  },
  {
    name: "api-version",
    finds: "another API version",
    class: "patch",
    group: "changed",
    reason: "It is told in documentation and in the user agent.",
    find: (pair) => findTold(pair, ({ version }) => `of API version ${quote(version)}`),
  },
  {
    name: "endpoint-option-removed",
    finds: "endpoint rules that no longer ask for a client's option, such as `useFipsEndpoint`",
    class: "major",
    group: "changed",
    reason: "Code that sets the option is sent to another endpoint than it asked for.",
    find: (pair) => {
      const after = builtInsOf(pair.new);
      const gone = [...builtInsOf(pair.old)].filter((name) => !after.has(name));
      return gone.map((name) =>
        describe(pair.new, same(`chooses its endpoint whatever ${quote(name)} says`)),
      );
    },
  },
  {
    name: "credentials-needed",
    finds: "no operation any more that goes without a signature",
    class: "major",
    group: "changed",
    reason: "On the edge, code that makes a client without credentials no longer compiles.",
    find: (pair) =>
      isAlwaysSigned(pair.new.service) && !isAlwaysSigned(pair.old.service)
        ? [describe(pair.new, same("needs credentials for every call"))]
        : [],
  },
  {
    name: "client-option-added",
    finds: "one more option of clients that only this service has",
    class: "minor",
    group: "added",
    reason: "It may be left out.",
    find: (pair) =>
      pairOptions(pair).added.map((option) => describeOption(pair, option, being("new"))),
  },
  {
    name: "client-option-removed",
    finds: "one option less of clients that only this service has",
    class: "major",
    group: "changed",
    reason: "Code that sets the option no longer compiles.",
    find: (pair) =>
      pairOptions(pair).removed.map((option) => describeOption(pair, option, being("removed"))),
  },
  {
    name: "client-option-type",
    finds: "another type of such an option",
    class: "major",
    group: "changed",
    reason: "Code that sets the option no longer compiles.",
    find: (pair) => findOptions(pair, ({ type }) => type, "of another type"),
  },
  {
    name: "client-option-documentation",
    finds: "other words about such an option",
    class: "patch",
    group: "docs",
    reason: "Only documentation changes.",
    find: (pair) => findOptions(pair, ({ documentation }) => documentation, "documented anew"),
  },
  {
    name: "endpoint-rules",
    finds: "other rules for the host that requests go to",
    class: "minor",
    group: "changed",
    reason: "Code stays as it is; some of its requests may go elsewhere.",
    find: (pair) => findFile(pair, printEndpoints, same("has new rules for its endpoints")),
  },
  {
    name: "endpoint-tests",
    finds: "other test cases for the endpoint rules",
    class: "patch",
    group: "docs",
    reason: "They are not published, but they say what the rules are meant to do.",
    find: (pair) =>
      findFile(
        pair,
        ({ plan }) => withoutHeader(emitEndpointTestFile(plan)?.text ?? ""),
        same("has new test cases for its endpoints"),
      ),
  },
  {
    name: "title",
    finds: "another title",
    class: "patch",
    group: "docs",
    reason: "Only documentation tells it.",
    find: (pair) => findTold(pair, ({ title }) => `entitled ${quote(title)}`),
  },
  {
    name: "left-out",
    finds: "other parts of the model that no package has, or for other reasons",
    class: "patch",
    group: "docs",
    reason: "The READMEs tell what is left out. What comes in, or goes, is a change of its own.",
    find: ({ old, new: next }) => {
      const { added, removed, kept } = pairByName(
        old.service.omissions,
        next.service.omissions,
        ({ id }) => id,
      );
      const altered = kept.flatMap((both) => (both.old.reason === both.new.reason ? [] : both.new));
      return [
        ...[...added, ...altered].map(({ id, reason }) => ({
          address: id,
          subject: quote(localName(id)),
          predicate: being(`left out: ${reason}`),
        })),
        ...removed.map(({ id }) => ({
          address: id,
          subject: quote(localName(id)),
          predicate: being("no longer named among what is left out"),
        })),
      ];
    },
  },
  {
    name: "credential-refusals",
    finds: "other credentials that, as the overlay says, operations refuse",
    class: "patch",
    group: "changed",
    reason: "The message of an error on Node explains more, or less, of it.",
    find: (pair) =>
      findFile(
        pair,
        ({ service }) =>
          canonicalJson(
            service.credentialRefusals.map(({ source: _source, ...printed }) => printed),
          ),
        same("explains refused credentials anew"),
      ),
  },
  {
    name: "dated-rules",
    finds: "other rules of the service that only the overlay knows",
    class: "patch",
    group: "docs",
    reason: "The README tells them; no code follows from them.",
    find: (pair) =>
      findFile(
        pair,
        ({ service }) =>
          canonicalJson(
            service.rules
              .filter(({ until }) => until === undefined)
              .map(({ statement, since, source }) => [statement, since, source]),
          ),
        same("has other rules in its README"),
      ),
  },
];

function describe({ service }: Side, predicate: Predicate): Finding {
  return { address: service.id, subject: quote(service.sdkId), predicate };
}

function pairOptions({ old, new: next }: ModelPair): Pairing<EndpointOption> {
  const { endpointOptions } = next.service;
  return pairByName(old.service.endpointOptions, endpointOptions, ({ name }) => name);
}

function findOptions(
  pair: ModelPair,
  read: (option: EndpointOption) => string | undefined,
  state: string,
): readonly Finding[] {
  return pairOptions(pair)
    .kept.filter((both) => read(both.old) !== read(both.new))
    .map((both) => describeOption(pair, both.new, being(state)));
}

function describeOption(
  { new: { service } }: ModelPair,
  { name }: EndpointOption,
  predicate: Predicate,
): Finding {
  const subject = `the option ${quote(uncapitalize(name))} of clients`;
  return { address: `${service.id}$${name}`, subject, predicate };
}

function findTold(pair: ModelPair, tell: (service: Service) => string): readonly Finding[] {
  return findBy(pair, ({ service }) => tell(service));
}

function findBy(pair: ModelPair, tell: (side: Side) => string): readonly Finding[] {
  const [before, after] = [tell(pair.old), tell(pair.new)];
  return before === after ? [] : [describe(pair.new, being(`${after}, formerly ${before}`))];
}

function findFile(
  pair: ModelPair,
  print: (side: Side) => string,
  predicate: Predicate,
): readonly Finding[] {
  return print(pair.old) === print(pair.new) ? [] : [describe(pair.new, predicate)];
}

/** How endpoints are found, as it stands in generated code. */
function printEndpoints({ plan }: Side): string {
  const { parameters } = lowerEndpointRules(plan.endpointRules);
  const filledIn = parameters.map(({ parameter: { name, builtIn } }) => `${name}: ${builtIn}`);
  return [...filledIn, withoutHeader(emitEndpointFile(plan).text)].join("\n");
}

function withoutHeader(text: string): string {
  return text.slice(text.indexOf("\n"));
}

function builtInsOf({ plan }: Side): ReadonlySet<string> {
  return new Set(plan.endpointRules.parameters.flatMap(({ builtIn }) => builtIn ?? []));
}

function localName(id: string): string {
  return id.slice(id.indexOf("#") + 1).replace("$", ".");
}
