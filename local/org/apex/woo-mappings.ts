import type { Arguments, ComponentContext, ComponentMethods } from './component-context.ts';
import type { CustomMetadata } from './metadata-operations.ts';
import { wooMappingSave } from './woo-mappings/callback.ts';
import { changedSince, foreignTo, refusal } from './woo-mappings/refusals.ts';
import { byKey, isOf, readRows, rowsOf, SAVED_TYPES, type Row } from './woo-mappings/rows.ts';
import { begin, latestSave, saveWithId, undoOf, updateSave } from './woo-mappings/saves.ts';

const mayCustomize = ({ view }: ComponentContext): boolean =>
  view.access.has('CustomizeApplication');

const componentOf = ({ type, name, label, values }: Row): CustomMetadata => ({
  fullName: `${type.replace(/__mdt$/, '')}.${name}`,
  label,
  values: Object.entries(values).map(([field, value]) => ({ field, value })),
});

/** Objects whose records the user may write. */
function objects({ view }: ComponentContext): readonly { name: string; label: string }[] {
  return [...new Set(view.schema().values())]
    .filter(({ kind }) => kind === 'standard' || kind === 'custom')
    .filter((one) => view.access.rights(one).create && view.access.rights(one).edit)
    .map(({ name, label }) => ({ name, label }));
}

function save(args: Arguments, context: ComponentContext): string {
  const { view, user, operations } = context;
  const mapping = String(args['mapping']);
  const by = latestSave(view, mapping)?.by ?? null;
  if (!mayCustomize(context)) throw refusal('NO_PERMISSION', by);
  const records = readRows(args['recordsJson']);
  const seen = readRows(args['beforeJson']);
  const rows = SAVED_TYPES.flatMap((type) => rowsOf(view, type));
  const known = byKey(rows);
  const foreign = foreignTo(mapping, records, known);
  if (foreign.length > 0) throw refusal('FOREIGN_RECORD', by, foreign);
  const changed = changedSince(
    seen,
    rows.filter((row) => isOf(mapping, row)),
  );
  if (changed.length > 0) throw refusal('CHANGED_MEANWHILE', by, changed);
  return view.db.transaction(() => {
    const id = begin(view, user.id, mapping, undoOf(records, known));
    const deployId = operations.enqueueDeployment(records.map(componentOf), user, (result) => {
      wooMappingSave(view, user.id, id, result);
    });
    updateSave(view, user.id, { Id: id, Deploy_Id__c: deployId });
    return id;
  });
}

/** Stands in for the Apex class WooMappings. */
export const wooMappings: ComponentMethods = {
  read: (_args, context) => ({
    mappings: rowsOf(context.view, 'Woo_Mapping__mdt'),
    fields: rowsOf(context.view, 'Woo_Field_Mapping__mdt'),
    conditions: rowsOf(context.view, 'Woo_Condition__mdt'),
    stores: rowsOf(context.view, 'Woo_Store__mdt'),
    mayCustomize: mayCustomize(context),
  }),
  objects: (_args, context) => objects(context),
  save,
  saved: ({ id }, { view }) => saveWithId(view, String(id)),
  lastSave: ({ mapping }, { view }) => latestSave(view, String(mapping)),
};
