import { rowHash } from '../../mapping/hash.ts';
import type { Mapping, Row } from '../../mapping/types.ts';
import type { Trace } from '../../mapping/trace.ts';
import type { Link } from '../ports.ts';
import type { InOrg } from './in-org.ts';

/** What the next run would do with the record. */
export type Action =
  /** Nothing: the mapping does not want it. */
  | 'none'
  /** Not written, since a value does not fit. */
  | 'refused'
  | 'create'
  | 'update'
  /** Nothing: Salesforce has it already. */
  | 'unchanged'
  /** Written where it differs from what was last written, which is not known here. */
  | 'unknown'
  /** The mapping does not look after it any more. */
  | 'left'
  /** The delete rule of the mapping applies. */
  | 'delete_rule';

export interface Decision {
  readonly action: Action;
  /** A sentence. */
  readonly why: string;
}

export interface Evidence {
  readonly mapping: Mapping;
  readonly trace: Trace;
  /** Null where it cannot be built. */
  readonly row: Row | null;
  /** What was last written, as the sidecar remembers; null for nothing. */
  readonly link: Link | null;
  /** Whether the sidecar's memory could be looked at. */
  readonly stateKnown: boolean;
  readonly inOrg: InOrg | null;
  /** Why the order that it belongs to keeps it out; null where it does not. */
  readonly keptOut: string | null;
}

/** What would be done, by the rules that the engine follows. */
export function decide(evidence: Evidence): Decision {
  const { mapping, trace, row, link, inOrg, keptOut } = evidence;
  if (trace.key === null) {
    return none('It has no id and no usable e-mail address, so there is nothing to know it by.');
  }
  if (keptOut !== null) return none(keptOut);
  const exists = link !== null || inOrg !== null;
  if (!trace.met && !exists) return none('The condition is not met, and it is not in Salesforce.');
  if (!trace.met && mapping.whenUnmet !== 'keep') return unmet(mapping);
  const kept = trace.met
    ? ''
    : ' The condition is not met any more, but decides only entry (When No Longer Met: keep).';
  if (row === null) {
    const why = trace.problems.map(({ message }) => message).join(' ');
    return { action: 'refused', why: `It is not written: ${why}` };
  }
  if (!exists) return { action: 'create', why: 'Salesforce has no record with its key.' };
  const decision = compare(evidence, row);
  return { ...decision, why: decision.why + kept };
}

function unmet({ whenUnmet, deleteRule }: Mapping): Decision {
  return whenUnmet === 'stop'
    ? {
        action: 'left',
        why: 'The condition is not met any more, and the record is left as it is (When No Longer Met: stop).',
      }
    : {
        action: 'delete_rule',
        why: `The condition is not met any more, so that the delete rule applies: ${deleteRule}.`,
      };
}

function compare({ link, stateKnown, inOrg }: Evidence, row: Row): Decision {
  if (link === null) {
    return stateKnown
      ? { action: 'update', why: 'Salesforce has it, but this sidecar has not written it yet.' }
      : {
          action: 'unknown',
          why: 'Salesforce has it. What was last written cannot be looked at here, so the last column is all that tells what would change.',
        };
  }
  if (inOrg === null) {
    return {
      action: 'update',
      why: `It was written as ${link.recordId}, but no record has its key now: it was deleted, or is hidden from the integration user.`,
    };
  }
  if (link.hash === null) {
    return {
      action: 'update',
      why: 'Whether the last write succeeded is not known: it is repeated.',
    };
  }
  return link.hash === rowHash(row, JSON.stringify(row.fields))
    ? { action: 'unchanged', why: 'It is what was last written, so it costs no call.' }
    : { action: 'update', why: 'It differs from what was last written.' };
}

function none(why: string): Decision {
  return { action: 'none', why };
}
