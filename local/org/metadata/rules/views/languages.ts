import { metadataModel } from '../../xml/type-model.ts';

/** The language in which the labels of this org's fields and objects are. */
export const orgLanguage = 'en_US';

/** Whether it is a language of the platform, such as `ja` or `pt_BR`. */
export function isLanguage(code: string): boolean {
  const type = metadataModel().complex('ReportFilter')?.get('language')?.type;
  return type?.kind === 'enum' && type.values.has(code);
}
