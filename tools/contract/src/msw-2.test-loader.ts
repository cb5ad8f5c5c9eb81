import { register } from "node:module";

// `msw` is version 2 for a process that this is loaded into first, in all packages.
const hooks = `
  export const resolve = (specifier, context, next) => {
    if (!/^msw(?:\\/|$)/.test(specifier)) return next(specifier, context);
    return next(specifier.replace("msw", "msw-2"), { ...context, parentURL: ${JSON.stringify(import.meta.url)} });
  };
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
