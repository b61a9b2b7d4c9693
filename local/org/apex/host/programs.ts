import type { Component } from '../../model/deploy-target.ts';
import { parseApex } from '../../metadata/apex/apex-parser.ts';
import { reservedNames } from '../../metadata/apex/reserved-names.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { compileAnonymous, compileApex, type Source } from '../runtime/compiler.ts';
import type { LinkedProgram } from '../runtime/run/linked.ts';
import { linkProgram } from '../runtime/link/machine.ts';
import { ANONYMOUS, triggerClass } from '../runtime/parse/declarations.ts';
import type { ApexProblem } from '../runtime/compile/program.ts';
import type { ObjectSource } from '../runtime/symbols/records.ts';

/** The sources of Apex among components. */
export const sourcesOf = (components: readonly Component[]): readonly Source[] =>
  components.flatMap(({ type, fullName, body }) => {
    if (type !== 'ApexClass' && type !== 'ApexTrigger') return [];
    const { content = '' } = body as { readonly content?: string };
    return [{ name: type === 'ApexTrigger' ? triggerClass(fullName) : fullName, content }];
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

/** What a class begins with whose method is anonymous code, on the line of its first. */
const HEAD = `class ${ANONYMOUS.className} { void run() { `;

/** The first reserved name among those of anonymous code; code with methods or classes of its own is not looked at. */
function reservedName(code: string): ApexProblem | undefined {
  const { problems, tree } = parseApex(`${HEAD}${code}\n} }`);
  const [found] = problems.length > 0 ? [] : reservedNames(tree);
  return (
    found && { ...found, column: found.line === 1 ? found.column - HEAD.length : found.column }
  );
}

/** Anonymous code beside the Apex that is deployed, or why it does not compile. */
export function anonymousProgram(
  org: WholeOrg,
  code: string,
): { readonly linked: LinkedProgram } | { readonly problem: ApexProblem } {
  const { program, problems } = compileAnonymous(
    ...([code, sourcesOf(org.components()), objectsOf(org)] as const),
  );
  const problem = problems[ANONYMOUS.className]?.[0] ?? reservedName(code);
  return problem ? { problem } : { linked: linkProgram(program) };
}
