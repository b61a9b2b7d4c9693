import type { Settings } from '../model/mapping.ts';
import { isTyped, mapsSame } from '../model/resources.ts';
import type { Draft } from './draft.ts';

const SAME_OBJECT = 'MAPPING_SAME_OBJECT';

/** Two mappings that could write the same record in turns, or take different records for the same one. What is held already is no rival. */
export function warnOfRivals(drafts: readonly Draft[]): void {
  drafts.forEach((draft, at) => {
    const { settings, problems } = draft;
    if (settings === null || problems.held) return;
    const earlier = drafts.slice(0, at).filter((one) => !one.problems.held);
    const other = earlier.find((one) => sharesKeys(settings, one.settings));
    if (other !== undefined) {
      problems.hold({
        code: 'MAPPING_SAME_KEYS',
        message: `${settings.name} writes ${settings.resource} to ${settings.object}, and ${other.row.name} writes other records there: where their ids in the shop are the same, so are their keys.`,
        cure: 'Choose another Salesforce object for one of them, or deactivate it.',
      });
    }
    const rival = earlier.find((one) => rivals(settings, one.settings));
    if (rival === undefined) return;
    const shared = sharedFields(draft, rival);
    const fields =
      shared.length === 0 ? 'They share no field.' : `Both write ${shared.join(', ')}.`;
    const holder = `A record that both want is written by ${firstOf(settings, rival.row)} alone.`;
    problems.warn({
      code: SAME_OBJECT,
      message: `${settings.name} and ${rival.row.name} both write ${settings.resource} to ${settings.object}. ${fields} ${holder}`,
      cure: 'Give them conditions that exclude each other, or deactivate one.',
    });
  });
}

/** The one that has a record which both want: the order in which they are read means nothing. */
function firstOf(a: { readonly name: string }, b: { readonly name: string }): string {
  return a.name < b.name ? a.name : b.name;
}

/** Those of the org that both write. */
function sharedFields(a: Draft, b: Draft): readonly string[] {
  const theirs = new Set(fieldsOf(b));
  return [...new Set(fieldsOf(a))].filter((field) => theirs.has(field)).sort();
}

function fieldsOf({ writers, lookups }: Draft): readonly string[] {
  return [...writers, ...lookups].map(({ field }) => field.name);
}

/** An order and a refund may have the same id, and their keys hold no more than store and id. */
function sharesKeys(a: Settings, b: Settings | null): boolean {
  return (
    b !== null &&
    a.direction !== 'to_woo' &&
    b.direction !== 'to_woo' &&
    a.object === b.object &&
    a.resource !== b.resource &&
    !isTyped(a.resource) &&
    !isTyped(b.resource) &&
    (a.store === null || b.store === null || a.store === b.store)
  );
}

function rivals(a: Settings | null, b: Settings | null): boolean {
  return (
    a !== null &&
    b !== null &&
    a.direction !== 'to_woo' &&
    b.direction !== 'to_woo' &&
    mapsSame(a, b) &&
    `${a.object} ${a.store ?? ''}` === `${b.object} ${b.store ?? ''}`
  );
}

/** Whether an earlier mapping of the same records keeps the id of its Salesforce record in the same custom field. */
export function hasMetaKeyOfAnother(draft: Draft, drafts: readonly Draft[]): boolean {
  const { settings, problems } = draft;
  if (settings === null || settings.wooMetaKey === null) return false;
  const earlier = drafts.slice(0, drafts.indexOf(draft));
  const other = earlier.find(
    (one) =>
      !one.problems.held &&
      one.settings?.resource === settings.resource &&
      one.settings.wooMetaKey === settings.wooMetaKey &&
      (one.row.store === settings.store ||
        // A store's own mapping takes the place of the common one of the same object.
        (one.settings.object !== settings.object &&
          (one.row.store === null || settings.store === null))),
  );
  if (other === undefined) return false;
  problems.warn({
    code: 'MAPPING_META_KEY',
    message: `${settings.name} wants the Salesforce id in the custom field "${settings.wooMetaKey}", which ${other.row.name} fills with the id of another record, so only that one is written.`,
    cure: 'Choose another Woo Meta Key for one of them, or leave it blank.',
  });
  return true;
}
