import type { SaveError } from '../model/errors.ts';
import type { Answer } from '../api/answer.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { refusal } from '../api/answer.ts';
import { findField } from '../soql/scope.ts';

interface Detail {
  readonly constituentField: null;
  readonly duplicateRecordError: null;
  readonly errorCode: string;
  readonly field: string | null;
  readonly fieldLabel: string | null;
  readonly message: string;
}

function detailOf(error: SaveError, object: ObjectDefinition, field?: string): Detail {
  return {
    constituentField: null,
    duplicateRecordError: null,
    errorCode: error.statusCode,
    field: field ?? null,
    fieldLabel: field === undefined ? null : (findField(object, field)?.label ?? field),
    message: error.message,
  };
}

function fieldErrors(
  object: ObjectDefinition,
  errors: readonly SaveError[],
): Record<string, Detail[]> {
  const byField: Record<string, Detail[]> = {};
  for (const error of errors) {
    for (const field of error.fields) {
      (byField[field] ??= []).push(detailOf(error, object, field));
    }
  }
  return byField;
}

/** Codes of a body that could not even be read; these have no fields to show them at. */
const unreadable = new Set(['INVALID_FIELD', 'JSON_PARSER_ERROR']);

/** Why a record was not saved: what concerns its fields by their names, everything else apart. */
export function recordError(object: ObjectDefinition, errors: readonly SaveError[]): Answer {
  const parse = errors.find((error) => unreadable.has(error.statusCode));
  if (parse) return refusal(400, 'POST_BODY_PARSE_ERROR', parse.message);
  const general = errors.filter(({ fields }) => fields.length === 0);
  return {
    status: 400,
    body: {
      enhancedErrorType: 'RecordError',
      message: 'An error occurred while trying to update the record. Please try again.',
      output: {
        errors: general.map((error) => detailOf(error, object)),
        fieldErrors: fieldErrors(object, errors),
      },
      statusCode: 400,
    },
  };
}
