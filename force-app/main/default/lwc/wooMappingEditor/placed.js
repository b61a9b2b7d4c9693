const ownName = (record) => (record ?? '').split('.').at(-1);

/**
 * The errors of a save at the rows of the draft. A new row may have taken over the name of one that was off.
 * @param {{ record: string|null, message: string }[]} errors
 * @param {object[]} records that were saved
 */
export function placed(errors, records, draft) {
    const rows = [...draft.fields, ...draft.conditions];
    return errors.map(({ record, message }) => {
        const name = ownName(record);
        const saved = records.find((one) => one.name === name);
        const isSame = (row) => row.field !== undefined && row.field === saved?.values.Salesforce_Field__c;
        const row = rows.find((one) => one.name === name) ?? draft.fields.find(isSame);
        return { record: row?.name ?? name, message };
    });
}
