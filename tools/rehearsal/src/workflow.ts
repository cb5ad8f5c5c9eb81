import { parse } from "yaml";

/** A job of a workflow: what it runs, in that order. Actions are left out. */
export interface Job {
  readonly condition: string | undefined;
  readonly commands: readonly string[];
}

/** The jobs of a release: `plan` tells which of the other two runs. */
export interface ReleaseWorkflow {
  readonly plan: Job;
  readonly version: Job;
  readonly publish: Job;
}

/** Reads the text of a workflow. Throws where a job is missing, or where the conditions are other ones. */
export function readReleaseWorkflow(text: string): ReleaseWorkflow {
  const { jobs = {} } = parse(text) as { readonly jobs?: { readonly [name: string]: JobText } };
  const read = (name: string, condition?: string): Job => {
    const job = jobs[name];
    if (job === undefined) throw new Error(`the workflow has no job ${name}`);
    if (job.if !== condition) {
      throw new Error(`the job ${name} runs if ${job.if}; a rehearsal knows only ${condition}`);
    }
    const commands = job.steps.flatMap(({ run }) => (run === undefined ? [] : [run.trim()]));
    return { condition: job.if, commands };
  };
  return {
    plan: read("plan"),
    version: read("version", "needs.plan.outputs.changesets != '0'"),
    publish: read("publish", "needs.plan.outputs.changesets == '0'"),
  };
}

interface JobText {
  readonly if?: string;
  readonly steps: readonly { readonly run?: string }[];
}
