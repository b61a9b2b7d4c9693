import { changeKept, read, send } from 'platform/http';
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

const pathOfRecord = /^GET \/ui-api\/records\/(\w+)\?/;

/** What is kept of a record is asked for again by whoever reads it next. */
export const forgetRecord = (recordId) =>
  changeKept((key, answer) => {
    const [, id = ''] = pathOfRecord.exec(key) ?? [];
    return shortId(id) === shortId(recordId) ? undefined : answer;
  });

/** `value` and `displayValue`, as many of them as a query has asked for. */
const valuesOf = (asked, now) =>
  Object.fromEntries(Object.keys(asked).map((key) => [key, key in now ? now[key] : asked[key]]));

/** The same answer of GraphQL where it does not hold the record; else one with the values that the record has now. */
function withRecord(answer, record) {
  if (answer === null || typeof answer !== 'object') return answer;
  const isOfIt = answer.Id === record.id;
  let isChanged = false;
  const entries = Object.entries(answer).map(([name, value]) => {
    const now = isOfIt ? record.fields[name] : undefined;
    const isField = now && value !== null && typeof value === 'object' && 'value' in value;
    const changed = isField ? valuesOf(value, now) : withRecord(value, record);
    const isSame = changed === value || JSON.stringify(changed) === JSON.stringify(value);
    isChanged ||= !isSame;
    return [name, isSame ? value : changed];
  });
  if (!isChanged) return answer;
  return Array.isArray(answer) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/**
 * Lets queries show the values of a record that was read or written. Whether it still fits their conditions, and its
 * place in their order, is not looked at: that a refresh does.
 */
export function showRecord(record) {
  changeKept((key, answer) => (pathOfRecord.test(key) ? answer : withRecord(answer, record)));
  for (const wire of connected((one) => !(one instanceof RecordWire) && one.result?.data?.data)) {
    wire.give({ ...wire.result, data: withRecord(wire.result.data, record) }, { isRefresh: true });
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
    const now = answer.error
      ? { data: undefined, error: answer.error }
      : { data: onlyFields(answer.record, [...fields, ...optional]), error: undefined };
    wire.give(now, { isRefresh: true });
  });
  if (answer.record) showRecord(answer.record);
}

/** Brings the page's wires of these records up to date. */
export async function refreshRecords(recordIds) {
  for (const recordId of recordIds) forgetRecord(recordId);
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
