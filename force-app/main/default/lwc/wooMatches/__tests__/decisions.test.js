import { createRecord, deleteRecord, updateRecord } from 'lightning/uiRecordApi';
import { answerOf, choice, has, mockOrg, shown, suggestion, written } from './page';

describe('a decision', () => {
    it('accepts by the key on the record, and is undone by taking it off', async () => {
        has({ '003A': null });
        const { row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        await decide(1, 'accept', { recordId: '003A' });
        expect(updateRecord.mock.calls).toEqual([
            [{ fields: { Id: '003A', Woo_Key__c: 'main:1' } }, { ifUnmodifiedSince: 'modified 003A' }]
        ]);
        expect(row(1).row).toMatchObject({ action: 'accepted', error: null });
        has({ '003A': 'main:1' });
        await decide(1, 'undo');
        expect(written()[1]).toEqual({ Id: '003A', Woo_Key__c: null });
        expect(row(1).row).toMatchObject({ action: 'adopt', records: ['003A'] });
        expect([createRecord, deleteRecord].map((one) => one.mock.calls.length)).toEqual([0, 0]);
    });

    it('never takes a record from another of the store; one of another store is used with the key that it has', async () => {
        const { row, decide } = await shown([answerOf([suggestion(1, 'ambiguous', ['003A', '003B'])])]);
        // Written since the list was made.
        has({ '003A': 'main:7', '003B': 'outlet:3' });
        await decide(1, 'accept', { recordId: '003A' });
        expect(row(1).row).toMatchObject({ action: 'ambiguous' });
        expect(row(1).row.error.message).toBe('c.Woo_Matches_Taken');
        await decide(1, 'accept', { recordId: '003B' });
        expect(updateRecord).not.toHaveBeenCalled();
        expect(createRecord.mock.calls).toEqual([
            [
                {
                    apiName: 'Woo_Match__c',
                    fields: { Match_Key__c: 'Contact main:1', Decision__c: 'use', Record_Id__c: '003B' }
                }
            ]
        ]);
        expect(row(1).row).toMatchObject({ action: 'use', records: ['003B'], row: 'a0M1', error: null });
    });

    it.each([
        { status: 412 },
        { status: 400, body: { output: { errors: [{ errorCode: 'CollisionDetectedException' }] } } }
    ])('is refused where the record was changed between the look and the write: %j', async (error) => {
        has({ '003A': null });
        updateRecord.mockRejectedValue(error);
        const { row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        await decide(1, 'accept', { recordId: '003A' });
        expect(row(1).row).toMatchObject({ action: 'adopt', error: { message: 'c.Woo_Matches_Changed' } });
    });

    it('is refused where the record is gone or cannot be seen', async () => {
        const { row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        await decide(1, 'accept', { recordId: '003A' });
        expect(updateRecord).not.toHaveBeenCalled();
        expect(row(1).row).toMatchObject({ action: 'adopt', error: { message: 'c.Woo_Matches_Unreadable' } });
    });

    it('shows what somebody else has decided meanwhile, which stays, and can be decided anew', async () => {
        has({ '003A': null });
        const { row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        mockOrg.choices = { 'Contact main:1': choice('a0M7', 'Contact main:1', 'leave_out') };
        await decide(1, 'accept', { recordId: '003A' });
        expect(updateRecord).not.toHaveBeenCalled();
        expect(row(1).row).toMatchObject({
            action: 'leave_out',
            decided: 'leave_out',
            row: 'a0M7',
            records: [],
            error: { message: 'c.Woo_Matches_Decided_Meanwhile' }
        });
        await decide(1, 'create');
        expect(written()).toEqual([{ Id: 'a0M7', Decision__c: 'create', Record_Id__c: null }]);
        mockOrg.choices = {};
        await decide(1, 'leaveOut');
        expect(row(1).row).toMatchObject({ action: 'open', row: null, decided: null });
        expect(updateRecord).toHaveBeenCalledTimes(1);
    });

    it('to create and to leave out is one record, changed and taken back', async () => {
        const { row, decide } = await shown([answerOf([suggestion(1, 'ambiguous', ['003A', '003B'])])]);
        await decide(1, 'create');
        mockOrg.choices = { 'Contact main:1': choice('a0M1', 'Contact main:1', 'create') };
        await decide(1, 'leaveOut');
        expect(createRecord).toHaveBeenCalledTimes(1);
        expect(written()).toEqual([{ Id: 'a0M1', Decision__c: 'leave_out', Record_Id__c: null }]);
        expect(row(1).row).toMatchObject({ action: 'leave_out', decided: 'leave_out', records: [] });
        mockOrg.choices = { 'Contact main:1': choice('a0M1', 'Contact main:1', 'leave_out') };
        await decide(1, 'undo');
        expect(deleteRecord.mock.calls).toEqual([['a0M1']]);
        expect(row(1).row).toMatchObject({ action: 'ambiguous', records: ['003A', '003B'], row: null });
    });

    it('takes the key off a record that was accepted, since a key wins over it', async () => {
        has({ '003A': 'main:1' });
        const { row, decide } = await shown([answerOf([suggestion(1, 'accepted', ['003A'])])]);
        await decide(1, 'leaveOut');
        expect(createRecord).toHaveBeenCalledTimes(1);
        expect(written()).toEqual([{ Id: '003A', Woo_Key__c: null }]);
        mockOrg.choices = { 'Contact main:1': choice('a0M1', 'Contact main:1', 'leave_out') };
        await decide(1, 'undo');
        // What the match fields say was never known.
        expect(row(1).row).toMatchObject({ action: 'open', records: [] });
    });

    it('leaves a key alone that another has got meanwhile', async () => {
        has({ '003A': 'main:9' });
        const { row, decide } = await shown([answerOf([suggestion(1, 'accepted', ['003A'])])]);
        await decide(1, 'undo');
        expect(updateRecord).not.toHaveBeenCalled();
        expect(row(1).row).toMatchObject({ action: 'open', error: null });
    });

    it('changes nothing where the org does not answer', async () => {
        const { one, row, decide } = await shown([answerOf([suggestion(1, 'adopt', ['003A'])])]);
        mockOrg.errors = [{ message: 'The org is silent.' }];
        await decide(1, 'accept', { recordId: '003A' });
        expect(updateRecord).not.toHaveBeenCalled();
        expect(one('c-woo-error-panel').errors).toEqual([{ message: 'The org is silent.' }]);
        expect(row(1).disabled).toBe(false);
    });
});
