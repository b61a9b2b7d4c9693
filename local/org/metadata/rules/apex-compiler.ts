import { compileApex, type Source } from '../../apex/runtime/compiler.ts';
import { triggerClass } from '../../apex/runtime/parse/declarations.ts';
import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../xml/read-typed.ts';

type Compiled = ReturnType<typeof compileApex>;

const known = new WeakMap<Plan, Compiled>();

/** All classes, or triggers, as they will be: those of the org, and in their place those of the deploy. */
function sourcesOf(plan: Plan, type: 'ApexClass' | 'ApexTrigger'): readonly Source[] {
  const drafts = plan.draftsOf(type);
  const replaced = new Set(drafts.map((one) => one.fullName.toLowerCase()));
  const kept = [...plan.before.components.values()].filter(
    (one) => one.type === type && !replaced.has(one.fullName.toLowerCase()),
  );
  return [...kept, ...drafts].map(({ fullName, body }) => ({
    name: type === 'ApexTrigger' ? triggerClass(fullName) : fullName,
    content: (body as { readonly content?: string }).content ?? '',
  }));
}

/** The Apex of the org as it will be, compiled. */
export function compiledIn(plan: Plan): Compiled {
  const found = known.get(plan);
  if (found) return found;
  const sources = [...sourcesOf(plan, 'ApexClass'), ...sourcesOf(plan, 'ApexTrigger')];
  const compiled = compileApex(sources, {
    object: (name) => plan.object(name),
    objects: () => plan.allObjects(),
  });
  known.set(plan, compiled);
  return compiled;
}

/** What the compiler refuses in classes of a deploy, by their names. */
export const compilerProblems = (plan: Plan): Readonly<Record<string, readonly Problem[]>> =>
  compiledIn(plan).problems;
