import { parseKey } from '../../mapping/keys/keys.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Row } from '../../mapping/model/record.ts';
import type { Trace } from '../../mapping/model/trace.ts';
import { isUncertain, type Link } from '../../ports/link.ts';
import type { Decision as Match } from '../../sync/match/match-rules.ts';
import { stepFor } from '../../sync/transform/entry-rule.ts';
import type { InOrg } from './org-records.ts';
import { waitingFor } from './stays.ts';
import type { Outcome } from './would-write.ts';

/** What the next run would do with the record. */
export type Action =
  /** Nothing: the mapping does not want it. */
  | 'none'
  /** Not written, since a value does not fit. */
  | 'refused'
  | 'create'
  /** A record that was in Salesforce before is taken over. */
  | 'adopt'
  /** Not written, since several records may be meant. */
  | 'ambiguous'
  | 'update'
  /** Nothing: Salesforce has it already. */
  | 'unchanged'
  /** Written where it differs from what was last written, which is not known here. */
  | 'unknown'
  /** What Salesforce shows does not decide: the running service may know a record of it. */
  | 'unseen'
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
  /** There is one, and it could not: records may be linked of which Salesforce shows nothing. */
  readonly stateHidden: boolean;
  /** The record with its key. */
  readonly inOrg: InOrg | null;
  /** What its match fields find; null where nothing was looked for. */
  readonly match: Match | null;
  /** Why another mapping, or the order that it belongs to, keeps it out; null where none does. */
  readonly keptOut: string | null;
  /** What a sync would write into the record that is there; null where there is none, or it cannot be said. */
  readonly outcome: Outcome | null;
}

/** What would be done, by the rules that the engine follows. */
export function decide(evidence: Evidence): Decision {
  const { mapping, trace, row, keptOut, outcome } = evidence;
  if (trace.key === null) {
    return none('It has no id and no usable e-mail address, so there is nothing to know it by.');
  }
  if (keptOut !== null) return none(keptOut);
  const link = knownAs(evidence, trace.key);
  if (isWrittenGuest(evidence)) return { action: 'unchanged', why: asItCame(evidence) };
  const step = stepFor(mapping, trace.met, link);
  if (step === 'leave') return withEdits(mapping, leave(mapping, link));
  if (step === 'pass') return seen(evidence, link, withEdits(mapping, pass(evidence, link)));
  if (row === null) {
    const why = trace.problems.map(({ message }) => message).join(' ');
    return { action: 'refused', why: `It is not written: ${why}` };
  }
  const [merged] = outcome?.failures.filter(({ code }) => code === 'CUSTOMERS_MERGED') ?? [];
  if (merged) return { action: 'refused', why: merged.message };
  const decision = link ? compare(evidence, row) : seen(evidence, link, enter(evidence));
  const waits = waitingFor(outcome);
  return {
    action: decision.action,
    why: [
      decision.why,
      ...(waits.length > 0 ? [`A person has to decide on ${waits.join(', ')}.`] : []),
      ...(link && !trace.met ? [ONLY_ENTRY] : []),
    ].join(' '),
  };
}

/** Whether it is a guest whom Salesforce has already: an order brings only one whom it lacks. */
export function isWrittenGuest(evidence: Omit<Evidence, 'outcome'>): boolean {
  const { trace, inOrg } = evidence;
  if (trace.key === null || parseKey(trace.key).email === null || inOrg === null) return false;
  return knownAs(evidence, trace.key) !== undefined;
}

function asItCame(evidence: Evidence): string {
  return evidence.link?.byId === true
    ? belongs(evidence)
    : 'Salesforce has the guest as an order brought it, and later orders change nothing of it.';
}

const ONLY_ENTRY =
  'The condition is not met any more, but decides only entry (When No Longer Met: keep).';

const WITHOUT_LINK: Readonly<Partial<Record<Action, string>>> = {
  create: 'it would be created',
  adopt: 'it would go there',
  ambiguous: 'it would not be written',
};

/** What is decided of a record that seems not to be linked, where that cannot be looked at. */
function seen(
  { stateHidden }: Evidence,
  link: Link | undefined,
  { action, why }: Decision,
): Decision {
  if (!stateHidden || link) return { action, why };
  const without = WITHOUT_LINK[action];
  const remark = 'Whether the sidecar knows a record of it already cannot be looked at here';
  return without === undefined
    ? { action, why: `${why} ${remark}.` }
    : { action: 'unseen', why: `${why} ${remark}; if it does not, ${without}.` };
}

/** The link, or what it would be where it cannot be looked at. */
export function knownAs(
  { mapping, link, stateKnown, inOrg }: Pick<Evidence, 'mapping' | 'link' | 'stateKnown' | 'inOrg'>,
  key: string,
): Link | undefined {
  if (link) return link;
  if (stateKnown || inOrg === null) return undefined;
  const { object } = mapping;
  const { recordId } = inOrg;
  return {
    object,
    key,
    recordId,
    state: 'verified',
    hash: null,
    parentKey: null,
    byId: false,
  };
}

function pass({ mapping, trace, inOrg }: Evidence, link: Link | undefined): Decision {
  if (!link && !trace.met) {
    return none(
      inOrg === null
        ? 'The condition is not met, and it is not in Salesforce.'
        : 'The condition is not met. Salesforce has it, but it was not written from here.',
    );
  }
  if (!link) return none('The mapping creates no records (On Create is off).');
  const why = trace.met
    ? `The mapping ${mapping.name} updates no records (On Update is off).`
    : 'The condition is not met any more, and the record is left as it is (When No Longer Met: stop).';
  return { action: 'left', why };
}

/** What becomes of edits in Salesforce of a record that the mapping leaves as it is. */
function withEdits({ outgoing }: Mapping, { action, why }: Decision): Decision {
  const waits = action === 'left' && outgoing.length > 0;
  return { action, why: waits ? `${why} ${EDITS_WAIT}` : why };
}

const EDITS_WAIT = 'What is edited of it in Salesforce waits until the mapping writes it again.';

function leave(mapping: Mapping, link: Link | undefined): Decision {
  const gone = 'The condition is not met any more';
  if (!hasDeleteRule(mapping)) return { action: 'left', why: `${gone}, and nothing is deleted.` };
  if (link?.state === 'soft_deleted')
    return { action: 'left', why: `${gone}; it is flagged already.` };
  const why = `${gone}, so that the delete rule applies: ${mapping.deleteRule}.`;
  return { action: 'delete_rule', why };
}

/** A record that was never written. */
function enter(evidence: Evidence): Decision {
  const { inOrg, match, outcome } = evidence;
  if (inOrg !== null && outcome?.written === null) {
    const why = 'Salesforce has a record with its key, into which nothing is to be written.';
    return { action: 'unchanged', why };
  }
  if (inOrg !== null) {
    return {
      action: 'update',
      why: 'Salesforce has a record with its key, but it was not written from here yet.',
    };
  }
  if (match?.kind !== 'link') return unmatched(match);
  const stays = match.byId ? ` ${belongs(evidence)}` : '';
  const former = match.formerKey === null ? '' : ` ${whoseItWas(match.formerKey)}`;
  const finds = match.chosen === true ? 'A person has chosen' : 'Its match fields find';
  return { action: 'adopt', why: `${finds} ${match.recordId}.${stays}${former}` };
}

/** A record for which none was found; null where nothing was looked for. */
function unmatched(match: Exclude<Match, { readonly kind: 'link' }> | null): Decision {
  if (match?.kind === 'ambiguous') {
    const which = match.recordIds.join(', ');
    return {
      action: 'ambiguous',
      why: `Several records may be meant: ${which}. Merge them, or give the right one its key.`,
    };
  }
  if (match?.kind === 'leave_out')
    return none('A person has left it out: a Woo Match record says so.');
  if (match?.kind === 'refused')
    return {
      action: 'refused',
      why: `What a person has decided of it in Woo Match cannot be done: ${match.why}.`,
    };
  const why =
    match?.chosen === true
      ? 'Salesforce has no record with its key, and a person wants one made.'
      : 'Salesforce has no record with its key, and none matches.';
  return { action: 'create', why };
}

function whoseItWas(formerKey: string): string {
  return parseKey(formerKey).email === null
    ? `It was that of the customer ${formerKey}, whom the shop has deleted.`
    : `It was the guest ${formerKey} before.`;
}

function belongs({ trace }: Evidence): string {
  return parseKey(trace.key ?? '').email === null
    ? 'It carries another key, which stays: its values come from there, and from here only what this store has fields of its own for.'
    : "A guest's order points to it, and changes nothing of it.";
}

function compare(evidence: Evidence, row: Row): Decision {
  if (evidence.link?.byId !== true) return compareWritten(evidence);
  if (Object.keys(row.fields).length === 0 && row.lookups.length === 0)
    return { action: 'unchanged', why: belongs(evidence) };
  const decision = compareWritten(evidence);
  return { ...decision, why: `${decision.why} ${belongs(evidence)}` };
}

function compareWritten({ link, inOrg, outcome }: Evidence): Decision {
  if (link === null || outcome === null) {
    return {
      action: 'unknown',
      why: 'Salesforce has it. What was last written cannot be looked at here, so the last column is all that tells what would change.',
    };
  }
  if (inOrg === null) {
    return {
      action: 'update',
      why: `It was written as ${link.recordId}, which is not found now: it was deleted or merged, or is hidden from the integration user.`,
    };
  }
  if (link.state === 'soft_deleted') {
    return { action: 'update', why: 'It is flagged as deleted, and is back.' };
  }
  if (isUncertain(link)) {
    return {
      action: 'update',
      why: 'Whether the last write succeeded is not known: it is repeated.',
    };
  }
  const isKnown = link.state !== 'unverified';
  if (outcome.written === null) {
    const why = isKnown
      ? 'It is what was last written, so it costs no call.'
      : 'It was found in Salesforce by its key, and holds all that would be written.';
    return {
      action: 'unchanged',
      why: waitingFor(outcome).length > 0 ? 'Nothing is written.' : why,
    };
  }
  return {
    action: 'update',
    why: isKnown
      ? 'It, or its record in Salesforce, differs from what was last written.'
      : 'It was found in Salesforce by its key, and does not hold all that would be written.',
  };
}

function none(why: string): Decision {
  return { action: 'none', why };
}
