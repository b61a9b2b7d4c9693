/** A value of a picklist, as metadata has it. */
export const option = (name: string, label = name, isDefault = false): string =>
  `<value><fullName>${name}</fullName><default>${String(isDefault)}</default>${label === '' ? '' : `<label>${label}</label>`}</value>`;

/** What a field that is a picklist has in it. */
export const picklist = (values: string): string =>
  `<type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted>${values}</valueSetDefinition></valueSet>`;
