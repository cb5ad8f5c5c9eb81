import { type FigureName, type Figures, figureNameOf } from "./figures.ts";

/** How near a figure has to stay to its budget. */
interface Tolerance {
  /** What a new budget leaves above what was measured, as a share, and what it is rounded up to. */
  readonly headroom: number;
  readonly step: number;
  /** How far a figure may be below its budget: the larger of a share of the budget and a number. */
  readonly slackShare: number;
  readonly slack: number;
}

/**
 * One per cent of headroom lets small changes pass, and builds of zlib that find other matches: for
 * the same bundle, Node's on x64 gives 0.7 % more bytes than the original. What adds up is found all
 * the same, because a budget stays until someone writes a new one.
 */
const bytes: Tolerance = { headroom: 0.01, step: 10, slackShare: 0.05, slack: 200 };
const files: Tolerance = { headroom: 0.01, step: 1, slackShare: 0.05, slack: 5 };
const exact: Tolerance = { headroom: 0, step: 1, slackShare: 0, slack: 0 };

const tolerances: { readonly [name in FigureName]: Tolerance } = {
  minified: bytes,
  gzip: bytes,
  brotli: bytes,
  bytes,
  files,
  packages: exact,
};

const update = "`npm run size -- --update`";

/** Budgets for what was measured. */
export function createBudgets(measured: Figures): Figures {
  return new Map(
    [...measured].map(([address, figure]) => {
      const { headroom, step } = tolerances[figureNameOf(address)];
      return [address, Math.ceil((figure * (1 + headroom)) / step) * step];
    }),
  );
}

/** What is wrong between budgets and what was measured, each with its address; nothing where all is well. */
export function checkBudgets(measured: Figures, budgets: Figures, file: string): readonly string[] {
  const problems = [...measured].flatMap(([address, figure]) => {
    const problem = checkBudget(figureNameOf(address), figure, budgets.get(address));
    return problem === undefined ? [] : [`${file}: ${address}: ${problem}`];
  });
  const unknown = [...budgets.keys()].filter((address) => !measured.has(address));
  return [
    ...problems,
    ...unknown.map(
      (address) => `${file}: ${address}: nothing of that name is measured; ${update} removes it`,
    ),
  ];
}

function checkBudget(
  name: FigureName,
  figure: number,
  budget: number | undefined,
): string | undefined {
  if (budget === undefined) return `there is no budget for ${print(figure)}; ${update} sets one`;
  const far = `${print(Math.abs(figure - budget))} (${percent(figure, budget)})`;
  if (figure > budget) {
    return `${print(figure)} is ${far} over the budget of ${print(budget)}; make it smaller, or raise the budget with ${update} and say why`;
  }
  const { slackShare, slack } = tolerances[name];
  if (budget - figure > Math.max(slack, budget * slackShare)) {
    return `${print(figure)} is ${far} under the budget of ${print(budget)}; lower the budget with ${update}, so that it stays so small`;
  }
  return undefined;
}

function print(figure: number): string {
  return figure.toLocaleString("en");
}

function percent(figure: number, budget: number): string {
  return `${((Math.abs(figure - budget) / budget) * 100).toFixed(1)} %`;
}
