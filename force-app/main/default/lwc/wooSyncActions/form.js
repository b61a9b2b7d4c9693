/**
 * What each action needs from the person; who may do it is in the validation rule Needs_Woo_Run_Commands of
 * Woo_Command__c.
 */
export const ACTIONS = {
    retry: { needs: [], isForAll: true },
    sync: { needs: ['records'], isForAll: true },
    backfill: { needs: [] },
    explain: { needs: ['records'] },
    dry_run: { needs: [] },
    reconcile: { needs: [] },
    reload: { needs: [], isForAll: true, isOfAll: true }
};

const idIn = /(?:^|[^0-9A-Za-z])([0-9A-Za-z]{18}|[0-9A-Za-z]{15})(?![0-9A-Za-z])/;

function ofRecord(text) {
    const id = idIn.exec(text)?.[1];
    return id && /\d/.test(id) ? { fields: { Record_Id__c: id } } : { problem: 'badRecord' };
}

function ofIds(type, { which, text, store }, stores) {
    const pieces = text.split(/[\s,;]+/).filter(Boolean);
    const isGuest = type === 'explain' && which === 'customer' && /^guest:\S+@\S+$/i.test(text.trim());
    const isMissing = pieces.length === 0 || (!isGuest && pieces.some((piece) => !/^[1-9]\d*$/.test(piece)));
    if (type === 'explain' && (isMissing || pieces.length > 1)) return { problem: 'badId' };
    if (isMissing) return { problem: 'badIds' };
    if (stores.length > 1 && !store) return { problem: 'noStore' };
    return { fields: { Resource__c: which, Arguments__c: pieces.join(', '), ...(store && { Store__c: store }) } };
}

/**
 * The fields of the command that a filled form asks for, as docs/commands.md has them.
 * @param {keyof typeof ACTIONS} type
 * @param {{ which: 'order'|'product'|'customer'|'record', text: string, store: string }} form
 * @param {readonly { key: string }[]} stores
 * @returns {{ fields: Record<string, string> } | { problem: 'badIds'|'badId'|'badRecord'|'noStore' }}
 */
export function fieldsOf(type, form, stores) {
    const whole = { Type__c: type };
    if (ACTIONS[type].needs.length === 0) {
        return { fields: { ...whole, ...(form.store && { Store__c: form.store }) } };
    }
    const { fields, problem } = form.which === 'record' ? ofRecord(form.text) : ofIds(type, form, stores);
    return problem ? { problem } : { fields: { ...whole, ...fields } };
}
