import { format } from 'c/wooFormat';
import noAccess from '@salesforce/label/c.Woo_Error_No_Access';
import noAccessTo from '@salesforce/label/c.Woo_Error_No_Access_To';
import notFound from '@salesforce/label/c.Woo_Error_Not_Found';
import offline from '@salesforce/label/c.Woo_Error_Offline';
import sessionEnded from '@salesforce/label/c.Woo_Error_Session_Ended';
import unknown from '@salesforce/label/c.Woo_Error_Unknown';

/** What Salesforce says of an object or field that is not there for this user, in GraphQL and in the UI API. */
const undefinedNames = [
    /(?:Field|Entity) '([^']+)'(?: in type '([^']+)')? is undefined/,
    /not to include unknown field "([^"]+)"/,
    /Unknown type "(\w+?)_(?:Filter|OrderBy|GroupBy)"/,
    /No such column '([^']+)' on entity '([^']+)'/,
    /(?:contains a field name|Invalid field) '?([\w.]+)'?/
];
const accessCodes = new Set([
    'INSUFFICIENT_ACCESS',
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'INVALID_FIELD',
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'INVALID_TYPE'
]);
const conflictCodes = new Set([
    'CollisionDetectedException',
    'ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE_CHECK',
    'PRECONDITION_FAILED'
]);
const goneCodes = new Set(['NOT_FOUND', 'ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY']);

function nameOf(message) {
    for (const pattern of undefinedNames) {
        const [, name, type] = pattern.exec(message) ?? [];
        if (name) return /__[cr]$/.test(type ?? '') || type === 'Product2' ? `${type}.${name}` : name;
    }
    return undefined;
}

function sentence(message, code, status) {
    const name = nameOf(message);
    if (name) return { kind: 'access', message: format(noAccessTo, name) };
    if (accessCodes.has(code) || status === 403) return { kind: 'access', message: noAccess };
    if (goneCodes.has(code) || status === 404) return { kind: 'missing', message: notFound };
    return { kind: 'other', message: message || unknown };
}

/** Field errors name the field; they are what a validation rule or a too long value gives. */
function ofRecord(output) {
    const fields = Object.values(output.fieldErrors ?? {}).flat();
    return [...(output.errors ?? []), ...fields].map(({ message, errorCode, fieldLabel }) => {
        const reduced = sentence(message ?? '', errorCode);
        return fieldLabel && reduced.kind === 'other'
            ? { ...reduced, message: `${fieldLabel}: ${reduced.message}` }
            : reduced;
    });
}

function ofBody(body, status) {
    if (Array.isArray(body)) return body.flatMap((part) => ofBody(part, status));
    const told = body.output ? ofRecord(body.output) : [];
    return told.length > 0 ? told : [sentence(body.message ?? '', body.errorCode, body.statusCode ?? status)];
}

/** The user has to log in again: nothing was carried out. */
export function isSessionOver({ status, message, body }) {
    const told = [{ message }, body].flat();
    return status === 401 || told.some((one) => /INVALID_SESSION/.test(`${one?.errorCode} ${one?.message}`));
}

function ofOne(error) {
    if (typeof error === 'string') return [sentence(error)];
    if (isSessionOver(error)) return [{ kind: 'session', message: sessionEnded }];
    if (error.body) return ofBody(error.body, error.status);
    if (error.name === 'TypeError' || error.ok === false) return [{ kind: 'offline', message: offline }];
    return [sentence(error.message ?? '', error.extensions?.ErrorCode ?? error.errorCode, error.status)];
}

/**
 * Sentences for whatever failed: an error of a wire or of a record call, the errors of GraphQL, an Error, a text.
 * @param {unknown} errors one or a list; nothing gives none
 * @returns {{ kind: 'access'|'missing'|'offline'|'session'|'other', message: string }[]} each sentence once
 */
export function reduceErrors(errors) {
    const list = (Array.isArray(errors) ? errors : [errors]).filter(Boolean);
    const reduced = list.flatMap(ofOne);
    return reduced.filter(({ message }, at) => reduced.findIndex((other) => other.message === message) === at);
}

/**
 * Whether something failed because the whole object is hidden from the user, not one field of it.
 * @param {unknown} errors as `reduceErrors` takes them
 * @param {string} object `Woo_Order__c`
 */
export function isNotSeen(errors, object) {
    const list = (Array.isArray(errors) ? errors : [errors]).filter(Boolean);
    return list.some((error) =>
        [error.message, error.body?.message].some((message) => nameOf(message ?? '') === object)
    );
}

/** Whether a save with `ifUnmodifiedSince` came too late: somebody has changed the record. */
export function isConflict({ status, body }) {
    const told = [body, ...(body?.output?.errors ?? [])];
    return status === 412 || told.some((one) => conflictCodes.has(one?.errorCode));
}
