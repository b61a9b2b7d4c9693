import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { FieldValue } from '../../mapping/model/record.ts';
import type { SyncBase, Base, FieldVersions } from '../../ports/two-way-state.ts';
import { agreedName, digest } from '../model/digest.ts';
import { NOT_WRITTEN, type Verdict } from './three-way.ts';

/**
 * For records that several stores share, and mappings that send edits to all of them. The agreement of the owner
 * also keeps, under a name beside the field's, what a person typed last: from the value alone it cannot be told
 * once the owner's shop holds it too.
 */
type Named = Pick<OutgoingField, 'field' | 'attribute'>;

function editName(field: Named): string {
  return `edit ${agreedName(field)}`;
}

/** What the owner's agreement keeps once the shop's value goes to Salesforce: nobody typed it. */
export function noEdit(field: Named): Base {
  return { [editName(field)]: [NOT_WRITTEN, NOT_WRITTEN] };
}

/** What the owner's agreement keeps once what a person typed is in its shop. */
export function editOf(field: Named, salesforce: string): Base {
  return { [editName(field)]: [NOT_WRITTEN, salesforce] };
}

/** Whether the value in Salesforce is not what the owner's shop has brought there. */
export function isTyped(field: Named, value: FieldValue, owner: SyncBase | undefined): boolean {
  // Where nothing is known of the owner's side, the value may be the shop's.
  if (owner === undefined) return false;
  const held = digest(value);
  const name = agreedName(field);
  if (owner.base[editName(field)]?.[1] === held) return true;
  const base = owner.base[name];
  if (base === undefined) return false;
  return base[1] !== held && owner.pending[name]?.[1] !== held;
}

/** A field of a record that belongs to another store. */
export interface SharedQuestion {
  readonly woo: FieldValue;
  readonly salesforce: FieldValue;
  /** What this shop and Salesforce held when they were last looked at; undefined for never. */
  readonly step: FieldVersions | undefined;
  /** Whether a person typed what Salesforce holds. */
  readonly typed: boolean;
  /** Whether Salesforce has reported an edit. */
  readonly told: boolean;
}

/**
 * What a person typed goes to this shop too, once; its own value goes nowhere, and it keeps that until the next
 * edit. On the first contact both stay as they are.
 */
export function decideShared(question: SharedQuestion): Verdict {
  const { woo, salesforce, step, typed, told } = question;
  if (woo === salesforce) return { step: 'agree', conflict: false };
  const isNew = step === undefined ? told : step[1] !== digest(salesforce);
  return { step: typed && isNew ? 'to_woo' : 'keep', conflict: false };
}
