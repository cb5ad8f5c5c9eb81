import { type Address, ModelError } from "../reader/model-error.ts";

/**
 * A path into an operation's input: the part of JMESPath that `smithy.rules#operationContextParams`
 * allows, without `*` over the values of a map, which no model has used so far.
 * @see https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait
 */
export type InputPath =
  | { readonly kind: "current" }
  | { readonly kind: "member"; readonly of: InputPath; readonly name: string }
  /** `list[*].each`: `each` starts at an element. */
  | { readonly kind: "projection"; readonly list: InputPath; readonly each: InputPath }
  /** `list[]`. */
  | { readonly kind: "flattening"; readonly list: InputPath }
  /** `of.[a, b]`: items start where `of` leads. */
  | { readonly kind: "selection"; readonly of: InputPath; readonly items: readonly InputPath[] }
  /** `keys(of)`. */
  | { readonly kind: "keys"; readonly of: InputPath };

export function readInputPath(path: string, address: Address): InputPath {
  return new PathReader(path, address).read();
}

const current: InputPath = { kind: "current" };

class PathReader {
  private readonly path: string;
  private readonly address: Address;
  private readonly tokens: readonly string[];
  private position = 0;

  constructor(path: string, address: Address) {
    this.path = path;
    this.address = address;
    this.tokens = path.match(/\[\*\]|\[\]|\w+|[^\s\w]/g) ?? [];
  }

  read(): InputPath {
    const path = this.expression();
    if (this.position < this.tokens.length) throw this.unexpected();
    return path;
  }

  private expression(): InputPath {
    let path = this.start();
    for (;;) {
      path = this.steps(path);
      if (!this.take("[]")) return path;
      path = this.projection({ kind: "flattening", list: path });
    }
  }

  private start(): InputPath {
    if (this.take("[")) return this.selection(current);
    const name = this.name();
    if (name !== "keys" || !this.take("(")) return { kind: "member", of: current, name };
    const of = this.expression();
    if (!this.take(")")) throw this.unexpected();
    return { kind: "keys", of };
  }

  /** Steps up to the end or to a `[]`, which applies to the list that all steps before it give. */
  private steps(from: InputPath): InputPath {
    let path = from;
    for (;;) {
      if (this.take("[*]")) return this.projection(path);
      const isMember = this.take(".");
      if (this.take("[")) path = this.selection(path);
      else if (isMember) path = { kind: "member", of: path, name: this.name() };
      else return path;
    }
  }

  private projection(list: InputPath): InputPath {
    const each = this.steps(current);
    return each === current ? list : { kind: "projection", list, each };
  }

  private selection(of: InputPath): InputPath {
    const items = [this.expression()];
    while (this.take(",")) items.push(this.expression());
    if (!this.take("]")) throw this.unexpected();
    return { kind: "selection", of, items };
  }

  private name(): string {
    const name = this.tokens[this.position];
    if (name === undefined || !/^[a-z_]\w*$/i.test(name)) throw this.unexpected();
    this.position++;
    return name;
  }

  private take(token: string): boolean {
    const taken = this.tokens[this.position] === token;
    if (taken) this.position++;
    return taken;
  }

  private unexpected(): ModelError {
    const token = this.tokens[this.position];
    const found = token === undefined ? "its end" : JSON.stringify(token);
    return new ModelError(
      this.address,
      `the path ${JSON.stringify(this.path)} has ${found} where a name, ".", "[*]", "[]", "[a, b]" or keys(name) belongs`,
    );
  }
}
