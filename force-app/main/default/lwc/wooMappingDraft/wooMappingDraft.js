export { changesOf } from './changes';
export { TEMPLATES, broughtBack, duplicateOf, newDraft, withCondition, withField, withName } from './creation';
export { commandDraft, differencesOf } from './differences';
export { draftsOf, orgOf } from './drafts';
export { removalOf, sourceFilesOf } from './source';
export { TYPES } from './words';
