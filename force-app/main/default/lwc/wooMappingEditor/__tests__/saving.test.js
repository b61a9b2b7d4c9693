import { draftsOf } from 'c/wooMappingDraft';
import { direction, opened, org, PAUSE_MS, readMappings, row, savedMapping, saveMapping, settled } from './page';

it('takes a field that the org has with a blank without it, and saves it so', async () => {
    const theirs = org();
    theirs.fields[0].values.Salesforce_Field__c = 'Name ';
    saveMapping.mockResolvedValue('a01');
    const { one, save } = await opened({ draft: draftsOf(theirs)[0] });
    expect(one('c-woo-mapping-fields').rows).toMatchObject([{ field: 'Name' }]);
    await save();
    expect(one('.changes').differences).toMatchObject([{ word: 'field', from: 'Name ', to: 'Name' }]);
    const [record] = JSON.parse(saveMapping.mock.calls[0][0].recordsJson);
    expect(record.values.Salesforce_Field__c).toBe('Name');
});

describe('what was kept before somebody else saved', () => {
    const reopened = async (theirs) => {
        const first = await opened();
        await first.edit({ act: 'mapping', changes: { direction: 'both' } });
        first.element.remove();
        return opened({ draft: draftsOf(theirs)[0] });
    };

    it('is shown with what they changed, and overwrites nothing unasked', async () => {
        const { one, act, save } = await reopened(org('to_woo'));
        expect(one('c-woo-mapping-settings').mapping.direction).toBe('both');
        expect(one('.meanwhile c-woo-mapping-changes').differences).toMatchObject([
            { word: 'direction', from: 'to_salesforce', to: 'to_woo' }
        ]);
        // Apex refuses what goes by what was read before.
        saveMapping.mockResolvedValue('a01');
        await save();
        expect(JSON.parse(saveMapping.mock.calls[0][0].beforeJson)[0].values.Direction__c).toBe('to_salesforce');
        await act('mine');
        expect(one('.meanwhile')).toBeNull();
        expect(one('.changes').differences).toMatchObject([{ word: 'direction', from: 'to_woo', to: 'both' }]);
    });

    it('goes where theirs are taken, over a reload too', async () => {
        const { one, act } = await reopened(org('to_woo'));
        await act('theirs');
        expect(one('c-woo-mapping-settings').mapping.direction).toBe('to_woo');
        expect(window.sessionStorage).toHaveLength(0);
    });

    it('is no question where the org has it by now', async () => {
        const { one, texts } = await reopened(org('both'));
        expect(one('.meanwhile')).toBeNull();
        expect(texts()).toEqual([]);
        expect(window.sessionStorage).toHaveLength(0);
    });
});

it('says that a mapping was deleted for good meanwhile, and saves the draft as a new one when asked to', async () => {
    const told = { code: 'CHANGED_MEANWHILE', by: null, records: ['Woo_Mapping__mdt.Order'] };
    saveMapping.mockRejectedValueOnce({ body: { message: JSON.stringify(told) } }).mockResolvedValue('a02');
    readMappings.mockResolvedValue({ ...org(), mappings: [], fields: [] });
    const { one, texts, edit, act, save } = await opened();
    await edit(direction('both'));
    await save();
    await settled();
    expect(texts()).toEqual(['c.Woo_Editor_Gone']);
    expect(one('.meanwhile')).toBeNull();
    expect(window.sessionStorage).toHaveLength(1);
    await act('anew');
    expect(texts()).toEqual([]);
    expect(one('.changes').differences.map(({ place, change }) => [place, change])).toEqual([
        ['Order', 'added'],
        ['Order_Total', 'added']
    ]);
    await save();
    const { mapping, recordsJson, beforeJson } = saveMapping.mock.calls[1][0];
    expect([mapping, JSON.parse(beforeJson)]).toEqual(['Order', []]);
    expect(JSON.parse(recordsJson).map(({ name }) => name)).toEqual(['Order', 'Order_Total']);
});

describe('what was kept of a mapping that was deleted for good', () => {
    const gone = () => opened({ draft: { ...draftsOf(org())[0], isGone: true } });

    it('is shown, and saved as a new one when asked to', async () => {
        saveMapping.mockResolvedValue('a02');
        const { texts, act, save } = await gone();
        expect(texts()).toEqual(['c.Woo_Editor_Gone']);
        await act('anew');
        expect(texts()).toEqual([]);
        await save();
        expect(JSON.parse(saveMapping.mock.calls[0][0].beforeJson)).toEqual([]);
    });

    it('is forgotten when asked to, and the editor left', async () => {
        const { element, act, edit } = await gone();
        const close = jest.fn();
        element.addEventListener('close', close);
        await edit(direction('both'));
        expect(window.sessionStorage).toHaveLength(1);
        await act('forget');
        expect(window.sessionStorage).toHaveLength(0);
        expect(close).toHaveBeenCalledTimes(1);
    });
});

it('lists all rows of a deleted mapping that comes back, and saves those that are left', async () => {
    const deleted = org();
    const number = { ...deleted.fields[0].values, Salesforce_Field__c: 'Name', Woo_Attribute__c: 'number' };
    deleted.fields.push(row('Woo_Field_Mapping__mdt', 'Order_Number', number));
    for (const { values } of [...deleted.mappings, ...deleted.fields]) values.Active__c = false;
    saveMapping.mockResolvedValue('a01');
    const draft = { ...draftsOf(deleted)[0], isReturning: true };
    const { one, texts, edit, save } = await opened({ draft });
    expect(texts()).toContain('c.Woo_Editor_Returning');
    expect(one('.changes').differences.map(({ place, change }) => [place, change])).toEqual([
        ['Order', 'changed'],
        ['Order_Total', 'added'],
        ['Order_Number', 'added']
    ]);
    await edit({ act: 'remove', kind: 'fields', name: 'Order_Number' });
    await save();
    const { recordsJson } = saveMapping.mock.calls[0][0];
    expect(JSON.parse(recordsJson).map(({ name, values }) => [name, values.Active__c])).toEqual([
        ['Order', true],
        ['Order_Total', true]
    ]);
});

it('shows what changes, saves it and goes by what the org has then', async () => {
    saveMapping.mockResolvedValue('a01');
    savedMapping.mockResolvedValue({ state: 'done', errors: [] });
    readMappings.mockResolvedValue(org('both'));
    const { one, edit, save, saved, texts } = await opened();
    await edit(direction('both'));
    one('.review').click();
    await settled();
    expect(one('.changes')).toMatchObject({ count: 7, held: 0, isChecked: true });
    expect(one('.changes').differences).toMatchObject([{ word: 'direction', from: 'to_salesforce', to: 'both' }]);
    await save();
    const [{ mapping, recordsJson, beforeJson }] = saveMapping.mock.calls[0];
    expect(mapping).toBe('Order');
    expect(JSON.parse(recordsJson)).toMatchObject([{ name: 'Order', values: { Direction__c: 'both' } }]);
    expect(JSON.parse(beforeJson).map(({ name }) => name)).toEqual(['Order', 'Order_Total']);
    expect(texts()).toContain('c.Woo_Editor_Saving');
    expect(one('c-woo-mapping-fields').readOnly).toBe(true);
    await jest.advanceTimersByTimeAsync(PAUSE_MS);
    await settled();
    expect(saved).toHaveBeenCalledWith({ mapping: 'Order' });
    expect(one('c-woo-mapping-saved')).not.toBeNull();
    expect(one('.unsaved')).toBeNull();
    expect(window.sessionStorage).toHaveLength(0);
});

describe('a save whose end was not heard of', () => {
    const unheard = async () => {
        saveMapping.mockResolvedValue('a01');
        savedMapping.mockResolvedValue({ state: 'running' });
        const page = await opened();
        await page.edit(direction('both'));
        await page.save();
        await jest.advanceTimersByTimeAsync(61 * PAUSE_MS);
        expect(page.texts()).toContain('c.Woo_Editor_Save_Unknown');
        savedMapping.mockResolvedValue({ state: 'done', errors: [] });
        return page;
    };

    it('is told once it is heard of', async () => {
        const { one, texts } = await unheard();
        await jest.advanceTimersByTimeAsync(20 * 1000);
        expect(texts()).not.toContain('c.Woo_Editor_Save_Unknown');
        expect(one('c-woo-mapping-saved')).not.toBeNull();
    });

    it('takes nothing of what is typed meanwhile', async () => {
        const { one, edit } = await unheard();
        await edit({ act: 'fields', rows: [{ attribute: 'number', field: 'Name' }] });
        await jest.advanceTimersByTimeAsync(60 * 1000);
        expect(one('c-woo-mapping-fields').rows).toHaveLength(2);
        expect(window.sessionStorage).toHaveLength(1);
    });
});

it('shows at its row what the platform refuses, and keeps the draft', async () => {
    saveMapping.mockResolvedValue('a01');
    const errors = [{ record: 'Woo_Field_Mapping.Order_Total', message: 'bad value' }];
    savedMapping.mockResolvedValue({ state: 'failed', errors });
    const { one, edit, save, texts } = await opened();
    await edit({ act: 'fields', rows: [{ attribute: 'number', field: 'Name' }] });
    await save();
    await jest.advanceTimersByTimeAsync(PAUSE_MS);
    await settled();
    expect(texts()).toContain('c.Woo_Editor_Save_Failed');
    expect(one('c-woo-mapping-fields').findings.at('Order_Total')).toMatchObject([
        { message: 'bad value', fatal: true }
    ]);
    expect(one('c-woo-mapping-fields').rows).toHaveLength(2);
    expect(window.sessionStorage).toHaveLength(1);
});

describe('when somebody else saved meanwhile', () => {
    const meanwhile = async () => {
        const told = { code: 'CHANGED_MEANWHILE', by: 'Ada', records: ['Woo_Mapping__mdt.Order'] };
        saveMapping.mockRejectedValueOnce({ body: { message: JSON.stringify(told) } });
        readMappings.mockResolvedValue(org('both'));
        const page = await opened();
        await page.edit({ act: 'fields', rows: [{ attribute: 'number', field: 'Name' }] });
        await page.save();
        await settled();
        return page;
    };

    it('shows what they changed, and puts mine on top', async () => {
        const { one, act, save } = await meanwhile();
        expect(one('.meanwhile c-woo-mapping-changes').differences).toMatchObject([{ word: 'direction', to: 'both' }]);
        await act('mine');
        expect(one('.meanwhile')).toBeNull();
        expect(one('c-woo-mapping-settings').mapping.direction).toBe('both');
        expect(one('.changes').differences).toMatchObject([{ change: 'added', kind: 'field' }]);
        saveMapping.mockResolvedValue('a02');
        await save();
        const { beforeJson } = saveMapping.mock.calls.at(-1)[0];
        expect(JSON.parse(beforeJson)[0].values.Direction__c).toBe('both');
    });

    it('takes theirs when asked to', async () => {
        const { one, act } = await meanwhile();
        await act('theirs');
        expect(one('c-woo-mapping-fields').rows).toHaveLength(1);
        expect(one('c-woo-mapping-settings').mapping.direction).toBe('both');
        expect(one('.unsaved')).toBeNull();
    });
});

it('keeps all when the session has ended, and saves once one has logged in again', async () => {
    saveMapping.mockRejectedValueOnce({ status: 401, body: {} }).mockResolvedValue('a01');
    const { edit, save, act, texts } = await opened();
    await edit(direction('both'));
    await save();
    expect(texts()).toContain('c.Woo_Editor_Session_Ended');
    expect(window.sessionStorage).toHaveLength(1);
    await act('save');
    expect(texts()).toContain('c.Woo_Editor_Saving');
    expect(saveMapping).toHaveBeenCalledTimes(2);
});

it.each([
    ['NO_PERMISSION', 'c.Woo_Editor_No_Permission'],
    ['SAVE_RUNNING', 'c.Woo_Editor_Save_Running'],
    ['FOREIGN_RECORD', 'c.Woo_Editor_Foreign_Record']
])('says what Apex refuses: %s', async (code, text) => {
    saveMapping.mockRejectedValueOnce({ body: { message: JSON.stringify({ code, by: null, records: ['X'] }) } });
    const { edit, save, texts } = await opened();
    await edit(direction('both'));
    await save();
    expect(texts()).toContain(text);
});
