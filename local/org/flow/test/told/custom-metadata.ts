import { file, value, type Files } from '../../../metadata/test/packages.ts';

type Settings = Readonly<Record<string, string | boolean>>;

export function record(type: string, name: string, settings: Settings): Files {
  const values = Object.entries(settings).map(([field, one]) =>
    value(field, typeof one === 'boolean' ? 'boolean' : 'string', String(one)),
  );
  const inner = `<label>${name.replaceAll('_', ' ')}</label>${values.join('')}`;
  return { [`customMetadata/${type}.${name}.md`]: file('CustomMetadata', inner) };
}

export const recipient = (name: string, settings: Settings): Files =>
  record('Woo_Recipient', name, { Kind__c: 'User', Active__c: true, Bell__c: true, ...settings });
