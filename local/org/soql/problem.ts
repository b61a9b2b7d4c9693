import { ApiError, unsupportedType } from '../model/errors.ts';

const before = 30;
const after = 40;

/** The query around a word, an arrow under the word, and its place: as Salesforce shows it. */
function pointAt(soql: string, word: string): string {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const at = new RegExp(`(?<![\\w.])${escaped}(?!\\w)`, 'i').exec(soql)?.index ?? 0;
  const from = Math.max(0, at - before);
  const line = soql.slice(from, at + after).replaceAll('\n', ' ');
  return `\n${line}\n${' '.repeat(at - from)}^\nERROR at Row:1:Column:${at + 1}\n`;
}

/** An error that names a word of the query. */
export function problemAt(soql: string, word: string, code: string, message: string): ApiError {
  return new ApiError(400, code, pointAt(soql, word) + message);
}

const reference = 'Please reference your WSDL or the describe call for the appropriate names.';

export const unknownColumn = (
  soql: string,
  word: string,
  column: string,
  entity: string,
): ApiError =>
  problemAt(
    soql,
    word,
    'INVALID_FIELD',
    `No such column '${column}' on entity '${entity}'. If you are attempting to use a custom field, ` +
      `be sure to append the '__c' after the custom field name. ${reference}`,
  );

export const unknownRelationship = (soql: string, word: string, relationship: string): ApiError =>
  problemAt(
    soql,
    word,
    'INVALID_FIELD',
    `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a ` +
      `custom relationship, be sure to append the '__r' after the custom relationship name. ${reference}`,
  );

export const unknownObject = (soql: string, name: string): ApiError =>
  problemAt(soql, name, 'INVALID_TYPE', unsupportedType(name));

export const malformed = (message: string): ApiError =>
  new ApiError(400, 'MALFORMED_QUERY', message);

/** For SOQL that Salesforce takes and this org does not. */
export const notEmulated = (what: string): ApiError =>
  new ApiError(501, 'NOT_EMULATED', `The local org does not emulate ${what} in SOQL.`);
