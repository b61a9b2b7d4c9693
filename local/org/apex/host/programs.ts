import type { Component } from '../../model/deploy-target.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { compileAnonymous, compileApex, type Source } from '../runtime/compiler.ts';
import type { LinkedProgram } from '../runtime/run/linked.ts';
import { linkProgram } from '../runtime/link/machine.ts';
import { ANONYMOUS } from '../runtime/parse/declarations.ts';
import type { ApexProblem } from '../runtime/compile/program.ts';
import type { ObjectSource } from '../runtime/symbols/records.ts';

/** The sources of Apex among components. */
export const sourcesOf = (components: readonly Component[]): readonly Source[] =>
  components.flatMap(({ type, fullName, body }) => {
    if (type !== 'ApexClass') return [];
    const { content = '' } = body as { readonly content?: string };
    return [{ name: fullName, content }];
  });

export const objectsOf = (org: WholeOrg): ObjectSource => ({
  object: (name) => org.object(name),
  objects: () => new Set(org.schema().values()),
});

interface Kept {
  readonly revision: number;
  readonly linked: LinkedProgram;
}

const keptBy = new WeakMap<WholeOrg, Kept>();

/** The Apex that is deployed, ready to run; linked anew when the metadata has changed. */
export function programOf(org: WholeOrg): LinkedProgram {
  const kept = keptBy.get(org);
  if (kept?.revision === org.revision) return kept.linked;
  const { program } = compileApex(sourcesOf(org.components()), objectsOf(org));
  const linked = kept?.linked.program === program ? kept.linked : linkProgram(program);
  keptBy.set(org, { revision: org.revision, linked });
  return linked;
}

/** Anonymous code beside the Apex that is deployed, or why it does not compile. */
export function anonymousProgram(
  org: WholeOrg,
  code: string,
): { readonly linked: LinkedProgram } | { readonly problem: ApexProblem } {
  const { program, problems } = compileAnonymous(
    ...([code, sourcesOf(org.components()), objectsOf(org)] as const),
  );
  const [problem] = problems[ANONYMOUS.className] ?? [];
  return problem ? { problem } : { linked: linkProgram(program) };
}
