import { BOTH_WAYS, IMAGES } from './two-way.ts';
import { COMMANDS, SERVER, STATE } from './runtime.ts';
import type { ErrorClass, Explanation, Explanations } from './explanation.ts';
import { TELLING } from './telling.ts';
import { CHECKS, FIELD_MAPPINGS } from './field-mappings.ts';
import { CONDITIONS, MAPPINGS } from './mappings.ts';
import { ORG_COMMANDS } from './commands.ts';
import { LEADS } from './leads.ts';
import { IMAGES_BACK } from './images-from-woo.ts';
import { RECORDS, VALUES } from './records.ts';
import { SALESFORCE_FAMILIES, SALESFORCE_ORG, SALESFORCE_RECORDS } from './salesforce-codes.ts';
import { ORG, SHOP } from './connections.ts';
import { TO_WOO } from './values-to-woo.ts';

const CODES = {
  ...COMMANDS,
  ...SERVER,
  ...STATE,
  ...ORG,
  ...SHOP,
  ...RECORDS,
  ...VALUES,
  ...LEADS,
  ...BOTH_WAYS,
  ...TO_WOO,
  ...IMAGES,
  ...IMAGES_BACK,
  ...ORG_COMMANDS,
  ...MAPPINGS,
  ...CONDITIONS,
  ...FIELD_MAPPINGS,
  ...CHECKS,
  ...TELLING,
  ...SALESFORCE_RECORDS,
  ...SALESFORCE_ORG,
} satisfies Explanations;

/** A code that the sidecar can give. */
export type ErrorCode = keyof typeof CODES;

/** Codes in groups, as they are documented. */
export interface Group {
  readonly title: string;
  readonly about: string;
  readonly codes: Explanations;
}

export const GROUPS: readonly Group[] = [
  {
    title: 'Starting and commands',
    about: 'What keeps the sidecar or one of its commands from running.',
    codes: COMMANDS,
  },
  {
    title: 'Listening',
    about: 'What keeps the sidecar from listening for the events of the shops.',
    codes: SERVER,
  },
  {
    title: 'State',
    about: 'What is known of records that were synced, and the work that waits.',
    codes: STATE,
  },
  {
    title: 'Salesforce as a whole',
    about: 'While one of these lasts, work for the org waits and costs no attempt.',
    codes: ORG,
  },
  {
    title: 'The shop as a whole',
    about: 'While one of these lasts, work for that shop waits; other shops go on.',
    codes: SHOP,
  },
  { title: 'Records', about: 'Why one record is not in step.', codes: RECORDS },
  {
    title: 'Values',
    about: 'Why a value from the shop does not fit its field. Nothing of the record is written.',
    codes: VALUES,
  },
  {
    title: 'Leads',
    about:
      'Why an open lead with the address of a buyer was left as it is. The contact was written.',
    codes: LEADS,
  },
  {
    title: 'Changes for the shop',
    about: 'Why a change in Salesforce did not reach the shop, or met another one there.',
    codes: BOTH_WAYS,
  },
  {
    title: 'Values for the shop',
    about: 'Why a value from Salesforce was not sent. The other fields of its record were.',
    codes: TO_WOO,
  },
  {
    title: 'Images',
    about: 'Why an image did not reach the shop. Text and other images did.',
    codes: { ...IMAGES, ...IMAGES_BACK },
  },
  {
    title: 'Commands in Salesforce',
    about: 'Why a _Woo Command_ failed. Its field _Result_ says the same about the command.',
    codes: ORG_COMMANDS,
  },
  {
    title: 'Records that Salesforce refuses',
    about: 'Codes of Salesforce about one record. The reason of the issue is in its own words.',
    codes: SALESFORCE_RECORDS,
  },
  {
    title: 'Rights, limits and faults of Salesforce',
    about: 'Codes of Salesforce that usually touch many records at once.',
    codes: { ...SALESFORCE_ORG, ...SALESFORCE_FAMILIES },
  },
  {
    title: 'Mappings',
    about: 'What is wrong with a mapping. Most of these hold the mapping; the others go on.',
    codes: MAPPINGS,
  },
  { title: 'Conditions', about: 'What is wrong with a condition.', codes: CONDITIONS },
  { title: 'Field mappings', about: 'What is wrong with one field.', codes: FIELD_MAPPINGS },
  {
    title: 'Check',
    about: 'What `woo-salesforce check` finds beside the mappings themselves.',
    codes: CHECKS,
  },
  {
    title: 'Telling people',
    about:
      'What `woo-salesforce check` finds of the bell and e-mail that say when a person is needed.',
    codes: TELLING,
  },
];

/** What a code means; null for one that this version does not know. */
export function explanationOf(code: string): Explanation | null {
  if (Object.hasOwn(CODES, code)) return CODES[code as ErrorCode];
  const family = Object.entries(SALESFORCE_FAMILIES).find(([prefix]) => code.startsWith(prefix));
  return family?.[1] ?? null;
}

/** A code that nobody knows may be anything, so it is tried again, less and less often. */
export function classOf(code: string): ErrorClass {
  return explanationOf(code)?.class ?? 'retry';
}

/** Whether it does not pass by itself. */
export function needsPerson(code: string): boolean {
  return !['retry', 'limit'].includes(classOf(code));
}

/** The system that is out: nothing of it can be read or written until it is back. */
export type Side = 'org' | 'budget' | 'allowance' | 'store' | 'state';

const SIDES: readonly (readonly [string, Side])[] = [
  ['SF_', 'org'],
  ['WOO_', 'store'],
  ['STATE_', 'state'],
];

/** About one record or one list: the shop answers, and its other records can be read and written. */
const OF_ONE_RECORD: ReadonlySet<ErrorCode> = new Set([
  'WOO_ANSWER_TOO_LARGE',
  'WOO_BODY_TOO_LARGE',
  'WOO_GATEWAY_FAILED',
  'WOO_REQUEST_REFUSED',
]);

/** The side that an error is about; null for one about a record, a command or the configuration. */
export function sideOf({ code }: { readonly code: ErrorCode }): Side | null {
  if (OF_ONE_RECORD.has(code)) return null;
  // The org answers; status and issues are still written.
  if (code === 'SF_RESERVE_REACHED') return 'budget';
  if (code === 'SF_BUDGET_WAITS') return 'allowance';
  return SIDES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
}
