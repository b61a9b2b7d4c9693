import LightningConfirm from 'lightning/confirm';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { answerOf, has, mockAnswers, mockAsked, reads, settled, shown, storeNode, suggestion, written } from './page';

describe('the list', () => {
    it('goes on from answer to answer, in pages of the screen, with names that the viewer may see', async () => {
        const many = (from) =>
            Array.from({ length: 60 }, (_, at) => suggestion(from + at, 'adopt', [`003${from + at}`]));
        const next = { list: 'customers', cursor: { by: 'id' } };
        has({ '0031': null });
        const { rows, row, one } = await shown([answerOf(many(1), { next }), answerOf(many(61))]);
        expect(mockAsked.map(({ from, resource, store }) => [from, resource, store])).toEqual([
            [null, 'customer', 'main'],
            [next, 'customer', 'main']
        ]);
        expect(rows()).toHaveLength(50);
        expect(one('c-woo-pager')).toMatchObject({ total: 120, hasMore: true });
        expect(row(1).names.get('0031').name).toBe('Name 0031');
        one('c-woo-pager').dispatchEvent(new CustomEvent('next'));
        await settled();
        expect(row(51)).toBeDefined();
        expect(reads.at(-1)).toContain('"00351"');
        expect(reads.at(-1)).not.toContain('Woo_Match__c');
    });

    it('holds 5,000 at once, and goes on when it is told', async () => {
        const next = { list: 'customers', cursor: { by: 'id' } };
        const many = Array.from({ length: 2500 }, (_, at) => at);
        const part = (at) =>
            answerOf(
                many.map((id) => suggestion(`${at}${id}`, 'create')),
                { next }
            );
        const { one, rows, press } = await shown([part(1), part(2)]);
        expect(mockAsked).toHaveLength(2);
        expect(one('c-woo-pager').total).toBe(5000);
        expect(rows()).toHaveLength(50);
        mockAnswers.push(answerOf([suggestion(1, 'create')]));
        await press('.more');
        expect(one('c-woo-pager').total).toBe(5001);
        expect(one('.more')).toBeNull();
    });

    it('of a record that thousands would go to names five others', async () => {
        const many = Array.from({ length: 5000 }, (_, id) => suggestion(id, 'adopt', ['003A']));
        const { row } = await shown([answerOf(many)]);
        expect(row(7).others.map(({ key }) => key)).toEqual(['main:0', 'main:1', 'main:2', 'main:3', 'main:4']);
    });

    it('says what is wrong, keeps what was found, and stops when it is told', async () => {
        const { one, rows, press } = await shown([
            answerOf([suggestion(1, 'create')], { next: {}, held: ['Contacts is held.'], failed: 2 }),
            Object.assign(new Error('The service is silent.'), { code: 'SILENT' })
        ]);
        expect(one('c-woo-error-panel').errors[0].message).toBe('The service is silent.');
        expect(rows()).toHaveLength(1);
        expect(one('.note').textContent).toBe('Contacts is held.');
        await press('.find');
        expect(one('.find').disabled).toBe(true);
        await press('.stop');
        expect(mockAsked.at(-1).signal.aborted).toBe(true);
        expect(one('.find').disabled).toBe(false);
        expect(one('c-woo-error-panel')).toBeNull();
    });

    it('says why nothing is written yet, and which store it is of', async () => {
        const stores = [storeNode('main', { State__c: 'paused', Message__c: 'Waits.' }), storeNode('outlet', {})];
        const { one, choose, press } = await shown([answerOf([])], stores);
        expect(one('.notice').textContent).toBe('Waits.');
        expect(one('.empty').textContent).toBe('c.Woo_Matches_Empty');
        await choose('.store', 'outlet');
        expect(one('.notice')).toBeNull();
        mockAnswers.push(answerOf([], { read: 12 }));
        await press('.find');
        expect(mockAsked.at(-1).store).toBe('outlet');
        expect(one('.empty').textContent).toBe('c.Woo_Matches_None_Left');
    });

    it('marks records that several would go to, and filters', async () => {
        const { row, rows, choose, one } = await shown([
            answerOf([
                suggestion(1, 'adopt', ['003A']),
                suggestion(2, 'adopt', ['003A']),
                suggestion(3, 'ambiguous', ['003A', '003B']),
                suggestion(4, 'leave_out', [], { row: 'a0M9', decided: 'leave_out' })
            ])
        ]);
        expect(row(1).others.map(({ key }) => key)).toEqual(['main:2']);
        expect(row(3).others).toEqual([]);
        const shows = async (filter) => {
            await choose('.filter', filter);
            return rows().map((each) => each.row.key);
        };
        expect(await shows('twice')).toEqual(['main:1', 'main:2']);
        expect(await shows('unclear')).toEqual(['main:3']);
        expect(await shows('leftOut')).toEqual(['main:4']);
        expect(await shows('failed')).toEqual([]);
        expect(one('.nothing')).not.toBeNull();
        expect(one('.filter').options.map(({ label }) => /\d+/.exec(label)[0])).toEqual([
            '4',
            '1',
            '2',
            '0',
            '0',
            '1',
            '2',
            '0'
        ]);
    });
});

describe('a rule for all', () => {
    it('accepts what is clear, past what fails, and never what two would have or another has got', async () => {
        const records = Array.from({ length: 12 }, (_, at) => suggestion(at, 'adopt', [`003${at}`]));
        has(Object.fromEntries(records.map(({ records: [id] }) => [id, id === '0034' ? 'main:99' : null])));
        const { row, press, one, choose, rows } = await shown([
            answerOf([
                ...records,
                suggestion(20, 'adopt', ['003X']),
                suggestion(21, 'adopt', ['003X']),
                suggestion(22, 'ambiguous', ['003Y', '003Z']),
                suggestion(23, 'share', ['003S'])
            ])
        ]);
        updateRecord.mockImplementation(async ({ fields: { Id } }) => {
            if (Id === '0037') throw new Error('A rule says no.');
        });
        await press('.accept-all');
        expect(LightningConfirm.open).toHaveBeenCalledTimes(1);
        expect(written().map(({ Id }) => Id)).toEqual(
            records.map(({ records: [id] }) => id).filter((id) => id !== '0034')
        );
        expect(row(7).row).toMatchObject({ action: 'adopt', error: { message: 'A rule says no.' } });
        expect(row(4).row).toMatchObject({ action: 'adopt', error: { message: 'c.Woo_Matches_Taken' } });
        expect(one('c-woo-error-panel').errors).toEqual(['c.Woo_Matches_Failed']);
        await choose('.filter', 'failed');
        expect(rows().map((each) => each.row.key)).toEqual(['main:4', 'main:7']);
        await choose('.filter', 'accepted');
        expect(rows()).toHaveLength(10);
    });

    it('asks for the records once in two hundred, just before they are written', async () => {
        const some = Array.from({ length: 250 }, (_, at) => suggestion(at, 'adopt', [`003${at}`]));
        has(Object.fromEntries(some.map(({ records: [id] }) => [id, null])));
        const { press } = await shown([answerOf(some)]);
        reads.length = 0;
        await press('.accept-all');
        const asked = reads.filter((query) => query.includes('Woo_Match__c'));
        expect(asked.map((query) => query.match(/"003\d+"/g).length)).toEqual([200, 50]);
        expect(updateRecord).toHaveBeenCalledTimes(250);
    });

    it('creates those that match several, and is stopped', async () => {
        const some = Array.from({ length: 12 }, (_, at) => suggestion(at, 'ambiguous', ['003A', '003B']));
        const { press, one, rows } = await shown([answerOf(some)]);
        let release;
        createRecord.mockImplementation(
            () =>
                new Promise((resolve) => {
                    release = [...(release ?? []), () => resolve({ id: 'a0M' })];
                })
        );
        await press('.create-all');
        expect(createRecord).toHaveBeenCalledTimes(5);
        await press('.stop');
        for (const go of release) go();
        await settled();
        expect(createRecord).toHaveBeenCalledTimes(5);
        expect(rows().filter(({ row }) => row.decided === 'create')).toHaveLength(5);
        expect(one('.create-all').disabled).toBe(false);
    });

    it('of the last page shows the one before, once nothing is left of it', async () => {
        const some = Array.from({ length: 51 }, (_, at) => suggestion(at, 'ambiguous', ['003A', '003B']));
        const { one, choose, decide, rows } = await shown([answerOf(some)]);
        await choose('.filter', 'unclear');
        one('c-woo-pager').dispatchEvent(new CustomEvent('next'));
        await settled();
        expect(rows()).toHaveLength(1);
        await decide(50, 'create');
        expect(rows()).toHaveLength(50);
        expect(one('c-woo-pager')).toMatchObject({ before: 0, total: 50, hasMore: false });
    });

    it('does nothing that was not confirmed', async () => {
        LightningConfirm.open.mockResolvedValue(false);
        const { press } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        await press('.accept-all');
        expect(updateRecord).not.toHaveBeenCalled();
    });
});
