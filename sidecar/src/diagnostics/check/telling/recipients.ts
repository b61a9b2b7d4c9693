import { lower } from '../../../mapping/model/resource-of.ts';
import type { OrgRow } from '../../../ports/org.ts';
import { error, type Finding, warning } from '../finding.ts';

/** A Woo Recipient that is active. */
export interface Recipient {
  /** Developer name of the record. */
  readonly place: string;
  readonly kind: 'user' | 'group' | 'queue';
  /** The user name, or the developer name of the group or queue. */
  readonly name: string;
  /** Null for every store. */
  readonly store: string | null;
  readonly causes: readonly string[];
  readonly bell: boolean;
  readonly mail: boolean;
  readonly digest: boolean;
  readonly solved: boolean;
}

/** Values of Cause__c of Woo_Attention__c. */
export const CAUSES: readonly string[] = [
  'mapping_held',
  'conflict',
  'issue_lasts',
  'key_refused',
  'store_late',
  'budget_70',
  'budget_90',
  'service_silent',
];

/** Groups and queues that are named, and who is in them. */
export interface Groups {
  /** `group` or `queue`, a space, and the developer name in small letters. */
  readonly idOf: ReadonlyMap<string, string>;
  /** Ids of those with a member. */
  readonly filled: ReadonlySet<string>;
}

/** By user name in small letters: whether the user is active. */
export type Users = ReadonlyMap<string, boolean>;

/** Empty for none. */
export function textIn(row: OrgRow, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value.trim() : '';
}

export function recipientOf(row: OrgRow): Recipient {
  const text = (field: string) => textIn(row, field);
  const kind = lower(text('Kind__c'));
  return {
    place: text('DeveloperName'),
    name: text('Recipient__c'),
    kind: kind === 'group' || kind === 'queue' ? kind : 'user',
    store: text('Store__c') || null,
    causes: text('Causes__c')
      .split(';')
      .map((cause) => cause.trim())
      .filter((cause) => cause !== ''),
    bell: row['Bell__c'] === true,
    mail: row['Mail__c'] === true,
    digest: row['Digest__c'] === true,
    solved: row['Solved__c'] === true,
  };
}

/** What is wrong with one of them, whoever it names. @param stores keys of those that are active */
export function checkRow(
  { place, store, causes }: Recipient,
  stores: readonly string[],
): Finding[] {
  const unknown = causes.filter((cause) => !CAUSES.includes(cause));
  return [
    ...unknown.map((cause) =>
      error({
        code: 'RECIPIENT_CAUSE_UNKNOWN',
        place,
        message: `${place} is to be told of "${cause}", which is no cause.`,
        cure: `Name causes in Causes, separated by semicolons, or leave it blank for all: ${CAUSES.join(', ')}.`,
      }),
    ),
    ...(store === null || stores.includes(store)
      ? []
      : [
          error({
            code: 'RECIPIENT_STORE_UNKNOWN',
            place,
            message: `${place} is to be told of the store "${store}", which is none of the active ones.`,
            cure: `Enter the key of a store in Store, or leave it blank for every store: ${stores.join(', ')}.`,
          }),
        ]),
  ];
}

/** @param users null where the org does not tell */
export function checkUser({ place, name }: Recipient, users: Users | null): Finding[] {
  const active = users?.get(name.toLowerCase());
  if (users === null || active === true) return [];
  return [
    error(
      active === undefined
        ? {
            code: 'RECIPIENT_UNKNOWN',
            place,
            message: `${place} names the user "${name}", whom the org does not have.`,
            cure: 'Enter the user name (not the e-mail address) of an active user in Recipient.',
          }
        : {
            code: 'RECIPIENT_INACTIVE',
            place,
            message: `${place} names the user "${name}", who is not active: nothing reaches them.`,
            cure: 'Enter another user in Recipient, or uncheck Active of the Woo Recipient.',
          },
    ),
  ];
}

/** @param groups null where the org does not tell */
export function checkGroup({ place, kind, name }: Recipient, groups: Groups | null): Finding[] {
  if (groups === null) return [];
  const id = groups.idOf.get(`${kind} ${name.toLowerCase()}`);
  const what = kind === 'queue' ? 'queue' : 'public group';
  if (id === undefined)
    return [
      error({
        code: 'RECIPIENT_UNKNOWN',
        place,
        message: `${place} names the ${what} "${name}", which the org does not have.`,
        cure: `Enter the developer name of a ${what} in Recipient, and see that Kind says what it is.`,
      }),
    ];
  if (groups.filled.has(id)) return [];
  return [
    warning({
      code: 'RECIPIENT_EMPTY',
      place,
      message: `The ${what} "${name}" of ${place} has no members, so nobody is told.`,
      cure: 'Add users to it in Setup, or name another recipient.',
    }),
  ];
}
