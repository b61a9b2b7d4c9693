import { type Files } from '../../../metadata/test/packages.ts';
import { packageOf, projectSource } from '../../../metadata/test/project.ts';

const FLOWS = ['Tell', 'Attention_Opened', 'Attention_Solved', 'Attention_Digest'].map(
  (name) => `flows/Woo_${name}.flow`,
);
const OBJECTS = ['Woo_Attention__c', 'Woo_Store_Status__c', 'Woo_Recipient__mdt', 'Woo_Store__mdt'];

const all = packageOf(projectSource());
export const bare = (object: string): string =>
  (all[`objects/${object}.object`] ?? '')
    .replaceAll(/\s*<(actionOverrides|compactLayouts|listViews)>.*?<\/\1>/gs, '')
    .replace(/\s*<compactLayoutAssignment>.*?<\/compactLayoutAssignment>/s, '');

/** The flows as they are shipped, and what they are about. */
export const shipped: Files = Object.fromEntries([
  ...OBJECTS.map((name) => [`objects/${name}.object`, bare(name)] as const),
  ...[...FLOWS, 'notificationtypes/Woo_Attention.notiftype'].map(
    (path) => [path, all[path] ?? ''] as const,
  ),
]);

/** A flow of those, switched off. */
export const off = (path: string): Files => ({
  [path]: (shipped[path] ?? '').replace('<status>Active', '<status>Obsolete'),
});
