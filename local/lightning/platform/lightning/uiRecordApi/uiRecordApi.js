import { write } from 'platform/http';
import { forgetRecord, nameOf, RecordWire, refreshRecords, showRecord } from 'platform/records';

/** Wire `getRecord` with `{ recordId, fields, optionalFields }`. */
export { RecordWire as getRecord };

/** The part of a record that a field name leads to, through parents such as `Contact__r.Name`. */
function fieldOf(record, field) {
  const [, ...path] = nameOf(field).split('.');
  const last = path.pop();
  const owner = path.reduce((one, name) => one?.fields?.[name]?.value, record);
  return owner?.fields?.[last];
}

/** The value, or undefined where the record does not hold the field. */
export const getFieldValue = (record, field) => fieldOf(record, field)?.value;

/** The value as text for people, or null where the field has none. */
export const getFieldDisplayValue = (record, field) => fieldOf(record, field)?.displayValue;

const pathOf = (recordId) => `/ui-api/records/${encodeURIComponent(recordId)}`;

/**
 * Writes fields, then lets the page's `getRecord` wires of the record have the new values.
 * @param options `ifUnmodifiedSince`: refuses when the record has changed since this `lastModifiedDate`
 * @returns the record
 */
export async function updateRecord({ fields, allowSaveOnDuplicate }, options = {}) {
  const { Id: recordId, ...values } = fields;
  if (!recordId) throw new TypeError('updateRecord needs fields.Id.');
  const { ifUnmodifiedSince } = options;
  const headers = ifUnmodifiedSince ? { 'If-Unmodified-Since': ifUnmodifiedSince } : {};
  const body = { fields: values, allowSaveOnDuplicate };
  const record = await write('PATCH', pathOf(recordId), body, headers);
  showRecord(record);
  await refreshRecords([recordId]);
  return record;
}

export const createRecord = ({ apiName, fields, allowSaveOnDuplicate }) =>
  write('POST', '/ui-api/records', { apiName, fields, allowSaveOnDuplicate });

export async function deleteRecord(recordId) {
  await write('DELETE', pathOf(recordId));
  forgetRecord(recordId);
}

/** Asks for records again that something else than this module has changed: `[{ recordId }]`. */
export const notifyRecordUpdateAvailable = (records) =>
  refreshRecords(records.map(({ recordId }) => recordId));

/** The older form of the same, which tells nothing back. */
export const getRecordNotifyChange = (records) => {
  notifyRecordUpdateAvailable(records);
};
