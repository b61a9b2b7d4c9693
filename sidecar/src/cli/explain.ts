import { chooseStores, connect, openStore } from '../app/open-sidecar.ts';
import { describeMapped } from '../diagnostics/describe-mapped.ts';
import { explain, type ExplainOptions } from '../diagnostics/explain/explain.ts';
import { type Subject, SUBJECTS } from '../diagnostics/explain/subject.ts';
import { CodedError } from '../errors/coded-error.ts';
import { compileMappings } from '../mapping/compile/compile.ts';
import type { MappingSource } from '../mapping/model/config-rows.ts';
import { forStore } from '../mapping/model/for-store.ts';
import { isOfRivals } from '../mapping/model/problems.ts';
import { heldFor, heldMappings } from '../ports/held-mappings.ts';
import { leadSettings } from '../sync/leads/lead-settings.ts';
import { lookAtState, ofOrg } from './look-at-state.ts';
import { describeExplanation } from './output/explanation.ts';
import { screenOf } from './output/table.ts';
import type { Terminal } from './output/terminal.ts';

export interface ExplainFlags {
  readonly json?: boolean;
  /** Every item in full, however many there are. */
  readonly all?: boolean;
}

/** Prints a record's path through the mappings. Its values are shown: that is what it is for. */
export async function runExplain(
  env: NodeJS.ProcessEnv,
  asked: { readonly store: string; readonly resource: string; readonly id: string },
  { json, all }: ExplainFlags,
  out: Terminal,
): Promise<void> {
  const subject = readSubjectName(asked.resource);
  const { config, org } = connect(env);
  const source = await org.readMappings();
  const [row] = chooseStores(source.stores, asked.store);
  if (!row) return;
  const store = openStore({ config, org, rows: source.stores }, row);
  const compiled = compileMappings(source, await describeMapped(org, source));
  const { mappings } = compiled;
  const problems = problemsOf(source, compiled, row.key);
  const looked = await ofOrg(await lookAtState(config.state), org.organizationId);
  const refused = looked instanceof CodedError ? looked : null;
  const state = looked instanceof CodedError ? null : looked;
  try {
    const options = {
      org,
      state,
      stateHidden: refused !== null,
      store,
      mappings,
      problems,
      leadSettings: leadSettings(row),
    };
    const explanation = await explain(options, subject, asked.id);
    out.write(
      json
        ? `${JSON.stringify({ ...explanation, stateRefused: refused?.code ?? null, apiCalls: org.calls }, null, 2)}\n`
        : describeExplanation(explanation, {
            ...screenOf(out, env),
            all: all === true,
            unseen: refused && unseenText(refused, asked),
          }),
    );
  } finally {
    await state?.close();
  }
}

/** What the answer lacks where the state cannot be looked at, and how to ask the service, which can. */
export function unseenText(
  { code, message }: CodedError,
  {
    store,
    resource,
    id,
  }: { readonly store: string; readonly resource: string; readonly id: string },
): string {
  const values = `Type__c=explain Store__c=${store} Resource__c=${resource.toLowerCase()} Arguments__c=${id}`;
  // A service that runs beside this command is how it should be, and no error.
  const why =
    code === 'STATE_LOCKED'
      ? 'The state is in use, as it is while the service runs.'
      : `${code}: ${message}`;
  return [
    `${why} So this answer does not know which records are linked without their key, what was last`,
    'written, which side has changed a field since, and what waits for a person.',
    'The running service knows: give it the command "Explain a record" on the home page of the app WooCommerce, or',
    `  npx --no sf data create record -s Woo_Command__c -v "${values}"`,
  ].join('\n');
}

/** @throws CodedError `RESOURCE_UNKNOWN` */
export function readSubjectName(name: string): Subject {
  const found = SUBJECTS.find((subject) => subject === name.toLowerCase());
  if (found) return found;
  throw new CodedError(
    'RESOURCE_UNKNOWN',
    `"${name}" cannot be explained.`,
    `Ask for one of ${SUBJECTS.join(', ')}; the items of an order are explained with it.`,
  );
}

/** Why mappings of the store are held, and which of those that run write to the same place. */
export function problemsOf(
  source: MappingSource,
  compiled: ReturnType<typeof compileMappings>,
  store: string,
): ExplainOptions['problems'] {
  const held = heldFor({ held: heldMappings(source, compiled) }, store);
  const running = forStore(compiled.mappings, store);
  return [
    ...held.flatMap(({ resource, problems }) => problems.map((problem) => ({ resource, problem }))),
    ...running.flatMap(({ name, resource }) =>
      compiled.problems
        .filter((problem) => problem.mapping === name && !problem.fatal && isOfRivals(problem))
        .map((problem) => ({ resource, problem })),
    ),
  ];
}
