import { usableEmail } from '../../mapping/keys/email.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import { recordIdIn } from '../../mapping/keys/record-id-meta.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { StoreContext } from '../../mapping/model/record.ts';
import type { Planned } from '../model/record.ts';
import { choiceIn, type Choice } from './choices.ts';
import {
  idSource,
  keySource,
  matchSource,
  type MatchResults,
  type MatchSource,
} from './match-queries.ts';
import type { MatchRequest } from './match-rules.ts';

/** A value by which a record may be found. */
interface Sought {
  readonly source: MatchSource;
  readonly value: string;
  readonly through: boolean;
}

/** Where one row's record may be found. */
export interface Search {
  readonly row: Planned;
  readonly request: MatchRequest;
  readonly own: MatchSource;
  /** By what others find it while it is being created. */
  readonly values: readonly Sought[];
  /** By what it is found itself: its values, unless a person has decided. */
  readonly fields: readonly Sought[];
  /** Null where the rules decide. */
  readonly choice: Choice | null;
  /**
   * The record of a customer that the shop has deleted may be this one's, so that who registers again stays one
   * person. What a delete rule flags or deletes is nobody's again.
   */
  readonly takesOver: boolean;
}

export function searchFor(row: Planned, store: StoreContext): Search {
  const { mapping, key, record } = row;
  const fields = mapping.matchFields.flatMap((field) => {
    const value = field.value(record, row.row, store);
    const through = field.through !== null;
    return value === null ? [] : [{ source: matchSource(mapping, field), value, through }];
  });
  // What says itself whose it is comes before what only looks alike.
  const recordId = recordIdIn(mapping, record);
  if (recordId !== null)
    fields.unshift({ source: idSource(mapping), value: recordId, through: false });
  const isCustomer = mapping.resource === 'customer';
  const email = isCustomer ? (parseKey(key).email ?? usableEmail(record['email'])) : null;
  const takesOver = isCustomer && !hasDeleteRule(mapping);
  const request = { key, isCustomer, email };
  return {
    row,
    request,
    own: keySource(mapping),
    values: fields,
    fields,
    choice: null,
    takesOver,
  };
}

/** The search once it is known what a person has decided. */
export function chosen(search: Search, answers: MatchResults): Search {
  const { mapping, key } = search.row;
  const choice = choiceIn(answers, mapping.object, key);
  if (choice === null) return search;
  const fields =
    choice.kind === 'use'
      ? [{ source: idSource(mapping), value: choice.recordId, through: false }]
      : [];
  return { ...search, choice, fields };
}

/** Who has an account comes first, so that guests find it. */
export function guestsLast(a: Planned, b: Planned): number {
  return Number(a.record['guest'] === true) - Number(b.record['guest'] === true);
}
