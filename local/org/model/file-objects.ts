import type { ObjectDefinition } from './schema.ts';

const fileObjects = new Set(['ContentDocument', 'ContentVersion', 'ContentDocumentLink']);

/** Whether sharing of the object's records is that of files, and nobody needs a right to the object. */
export const isFileObject = (object: ObjectDefinition): boolean => fileObjects.has(object.name);

const withoutFiles = new Set([
  'PermissionSetAssignment',
  'PricebookEntry',
  'UserExternalCredential',
]);

/** Whether files can be linked to records of the object. */
export function canHaveFiles(object: ObjectDefinition): boolean {
  if (object.kind !== 'standard' && object.kind !== 'custom') return false;
  return !isFileObject(object) && !withoutFiles.has(object.name);
}
