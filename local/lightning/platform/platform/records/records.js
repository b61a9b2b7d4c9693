import { read, send } from 'platform/http';
import { freeze } from 'platform/freeze';
import { connected, Wire } from 'platform/wire';

/** A field's name, given as `Contact.Name` or as an import from `@salesforce/schema`. */
export function nameOf(field) {
  return typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
}

const namesOf = (fields) => [fields ?? []].flat().map(nameOf);

/** Salesforce takes ids of 15 characters too; what a wire shows and what was written are compared by these. */
const shortId = (id) => String(id).slice(0, 15);

function recordPath(recordId, { fields, optionalFields }) {
  const parameters = new URLSearchParams();
  if (fields.length > 0) parameters.set('fields', fields.toSorted().join());
  if (optionalFields.length > 0) parameters.set('optionalFields', optionalFields.toSorted().join());
  return `/ui-api/records/${encodeURIComponent(recordId)}?${parameters}`;
}

/** A record with no more fields than a wire has asked for: another wire's must not help it by accident. */
function onlyFields(record, names) {
  const tops = new Set(names.map((name) => name.split('.')[1]));
  const fields = Object.entries(record.fields).filter(([name]) => tops.has(name));
  return freeze({ ...record, fields: Object.fromEntries(fields) });
}

export class RecordWire extends Wire {
  get names() {
    return {
      fields: namesOf(this.config.fields),
      optionalFields: namesOf(this.config.optionalFields),
    };
  }

  isReady(config) {
    if (config?.layoutTypes)
      throw new Error('The host reads records by fields, not by layoutTypes.');
    return Boolean(config?.recordId && (config.fields ?? config.optionalFields));
  }

  ask({ recordId }) {
    return read('GET', recordPath(recordId, this.names));
  }
}

/** One request for all fields that a page's wires show of a record, as Lightning Data Service does it. */
async function refreshRecord(recordId, wires) {
  const all = wires.flatMap(({ names }) => [...names.fields, ...names.optionalFields]);
  const optionalFields = [...new Set(all)];
  for (const wire of wires) wire.turn += 1;
  const turns = wires.map(({ turn }) => turn);
  const answer = await send('GET', recordPath(recordId, { fields: [], optionalFields })).then(
    (record) => ({ record }),
    (error) => ({ error }),
  );
  wires.forEach((wire, at) => {
    if (wire.turn !== turns[at]) return;
    const { fields, optionalFields: optional } = wire.names;
    if (answer.error) wire.give({ data: undefined, error: answer.error });
    else wire.give({ data: onlyFields(answer.record, [...fields, ...optional]), error: undefined });
  });
}

/** Brings the page's wires of these records up to date. */
export async function refreshRecords(recordIds) {
  const ids = [...new Set(recordIds.map(shortId))];
  const shown = (id) =>
    connected(
      (wire) =>
        wire instanceof RecordWire && wire.config?.recordId && shortId(wire.config.recordId) === id,
    );
  await Promise.all(
    ids
      .map(shown)
      .filter((wires) => wires.length > 0)
      .map((wires) => refreshRecord(wires[0].config.recordId, wires)),
  );
}

/** Brings all records of the page up to date. */
export const refreshAllRecords = () =>
  refreshRecords(
    connected((wire) => wire instanceof RecordWire && wire.config?.recordId).map(
      ({ config }) => config.recordId,
    ),
  );
