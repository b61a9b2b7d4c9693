import {
    answer,
    described,
    direction,
    mockAsk,
    opened,
    org,
    PAUSE_MS,
    readMappings,
    savedMapping,
    saveMapping,
    settled
} from './page';

jest.mock('@salesforce/label/c.Woo_Editor_Problems', () => ({ default: 'Problems: {0}' }), { virtual: true });

it('counts all problems that stand on the page, and none twice', async () => {
    const problem = { place: 'Order', message: 'wrong', cure: 'mend', fatal: false };
    const record = { rows: [{ place: 'Order_Total', problem: { message: 'too long' } }], conditions: [] };
    mockAsk.preview.mockResolvedValue({ ...answer([problem]), records: [record] });
    const { draft } = (await opened()).element;
    document.body.replaceChildren();
    const other = { ...draft, mapping: { ...draft.mapping, name: 'Other', label: 'order' } };
    const { one, edit } = await opened({ mappings: [draft, other] });
    const state = () => one('.state').textContent;
    expect(state()).toBe('Problems: 3');
    const typed = async (isUnreadable) => {
        one('c-woo-mapping-rules').dispatchEvent(new CustomEvent('typed', { detail: { isUnreadable } }));
        await settled();
    };
    await typed(true);
    expect(state()).toBe('Problems: 4');
    await typed(false);
    mockAsk.preview.mockResolvedValue(answer());
    await edit({ act: 'fields', rows: [{ field: 'Gone__c', attribute: 'number', kind: 'attribute' }] });
    expect(state()).toBe('Problems: 2');
    await edit({ act: 'name', label: 'Another' });
    expect(state()).toBe('Problems: 1');
});

it('asks what there is once, and has each edit checked', async () => {
    const problem = { place: 'Order_Total', message: 'wrong', cure: 'mend', fatal: true };
    mockAsk.preview.mockResolvedValue(answer([problem, { ...problem, place: 'Order' }]));
    const { one, edit } = await opened();
    expect(mockAsk.describe.mock.calls).toEqual([
        [{ object: 'Woo_Order__c', resource: 'order', store: 'main', signal: expect.any(AbortSignal) }]
    ]);
    expect(one('c-woo-mapping-fields').findings.at('Order_Total')).toEqual([problem]);
    expect(one('c-woo-mapping-settings').problems).toHaveLength(1);
    expect(one('.state').textContent).toBe('Problems: 2');
    await edit(direction('both'));
    expect(mockAsk.describe).toHaveBeenCalledTimes(1);
    const { draft, record, store } = mockAsk.preview.mock.calls.at(-1)[0];
    expect([draft.mapping.direction, record, store]).toEqual(['both', 'latest', 'main']);
    expect(one('.unsaved')).not.toBeNull();
});

it('names rows in its problems as they are shown', async () => {
    const message = 'Order_Total writes to Total__c, and so does Order_Total_2.';
    mockAsk.preview.mockResolvedValue(answer([{ place: 'Order_Total', message, cure: '', fatal: true }]));
    const { one, edit } = await opened();
    await edit({ act: 'fields', rows: [{ field: 'Total__c', attribute: 'number', kind: 'attribute' }] });
    const [said] = one('c-woo-mapping-fields').findings.at('Order_Total');
    expect(said.message).toBe('total → Total writes to Total__c, and so does number → Total.');
});

it('has saving and the way to the preview at its end, where they stay in sight', async () => {
    const { one } = await opened();
    expect(one('.foot .review')).not.toBeNull();
    const preview = one('.preview');
    preview.scrollIntoView = jest.fn();
    preview.focus = jest.fn();
    one('.foot .to-preview').click();
    expect(preview.scrollIntoView).toHaveBeenCalled();
    expect(preview.focus).toHaveBeenCalled();
});

it('knows the labels of the other mappings', async () => {
    const { draft } = (await opened()).element;
    const other = { ...draft, mapping: { ...draft.mapping, name: 'Other', label: 'Orders too' } };
    const { one } = await opened({ mappings: [draft, other] });
    expect(one('c-woo-mapping-settings').otherLabels).toEqual(['Orders too']);
});

it('gives the focus to its heading when it opens, after looking at the changes and after a save', async () => {
    saveMapping.mockResolvedValue('a01');
    savedMapping.mockResolvedValue({ state: 'done', errors: [] });
    readMappings.mockResolvedValue(org('both'));
    const { element, one, edit, save } = await opened();
    const focused = () => element.shadowRoot.activeElement?.className;
    expect(focused()).toContain('heading');
    await edit(direction('both'));
    one('.review').click();
    await settled();
    expect(focused()).toContain('changes');
    one('.changes').dispatchEvent(new CustomEvent('back'));
    await settled();
    expect(focused()).toContain('heading');
    await save();
    await jest.advanceTimersByTimeAsync(PAUSE_MS);
    await settled();
    expect(one('c-woo-mapping-saved')).not.toBeNull();
    expect(focused()).toContain('heading');
});

it('chooses the key field of another object by itself', async () => {
    const { one, edit } = await opened();
    await edit({ act: 'mapping', changes: { object: 'Deal__c', externalIdField: 'Other__c' } });
    expect(mockAsk.describe).toHaveBeenCalledTimes(2);
    expect(one('c-woo-mapping-settings').mapping.externalIdField).toBe('Woo_Key__c');
});

it('keeps what was typed over a reload, and gives it up when asked to', async () => {
    const first = await opened();
    await first.edit(direction('both'));
    first.element.remove();
    const again = await opened();
    expect(again.texts()).toContain('c.Woo_Editor_Restored');
    expect(again.one('c-woo-mapping-settings').mapping.direction).toBe('both');
    await again.act('discard');
    expect(again.one('c-woo-mapping-settings').mapping.direction).toBe('to_salesforce');
    expect(window.sessionStorage).toHaveLength(0);
});

it('goes on without the service, and asks again', async () => {
    const silent = Object.assign(new Error('does not answer'), { code: 'SILENT' });
    mockAsk.describe.mockRejectedValueOnce(silent);
    mockAsk.preview.mockRejectedValueOnce(silent);
    const { one, edit } = await opened();
    expect(one('.read-error').errors).toBe(silent);
    expect(one('.check-error').errors).toBe(silent);
    await edit(direction('both'));
    expect(one('c-woo-mapping-settings').mapping.direction).toBe('both');
    one('.read-error').dispatchEvent(new CustomEvent('retry'));
    await settled();
    expect(one('.read-error')).toBeNull();
    expect(one('c-woo-mapping-fields').described.isKnown).toBe(true);
});

describe('a record by number', () => {
    const choose = async ({ one }, record) => {
        one('.preview').dispatchEvent(new CustomEvent('record', { detail: { record } }));
        await settled();
    };

    it('leaves in What changes how many records there are, while they are of the same list', async () => {
        const page = await opened();
        mockAsk.preview.mockResolvedValue({ ...answer(), count: null });
        await choose(page, '7');
        await page.edit(direction('both'));
        page.one('.review').click();
        await settled();
        expect(page.one('.changes').count).toBe(7);
        await page.edit({ act: 'mapping', changes: { resource: 'customer' } });
        expect(page.one('.changes').count).toBeNull();
    });

    it('shows no other record where it cannot be asked for', async () => {
        const page = await opened();
        mockAsk.preview.mockRejectedValue(Object.assign(new Error('does not answer'), { code: 'SILENT' }));
        await page.edit(direction('both'));
        expect(page.one('.preview').answer).not.toBeNull();
        await choose(page, '7');
        expect(page.one('.preview').answer).toBeNull();
        expect(page.one('.check-error')).not.toBeNull();
    });
});

it('takes no notice of answers that were dropped, and says where the shop is silent', async () => {
    mockAsk.preview.mockRejectedValueOnce(Object.assign(new Error(''), { code: 'DROPPED' }));
    mockAsk.describe.mockResolvedValueOnce({ ...described, problem: { code: 'X', message: 'down', cure: 'wait' } });
    const { one, texts } = await opened();
    expect(one('.check-error')).toBeNull();
    expect(texts()).toContain('c.Woo_Editor_Shop_Silent');
});

it('lets who may not save look only', async () => {
    const { one, texts } = await opened({ readOnly: true });
    expect(texts()).toContain('c.Woo_Editor_Read_Only_Note');
    expect(one('.review')).toBeNull();
    expect(one('c-woo-mapping-fields').readOnly).toBe(true);
});
