import { isNotSeen, isSessionOver, reduceErrors } from 'c/wooErrors';

const kinds = (errors) => reduceErrors(errors).map(({ kind }) => kind);
const messages = (errors) => reduceErrors(errors).map(({ message }) => message);

describe('c/wooErrors', () => {
    it('has nothing to say of nothing', () => {
        expect([undefined, null, [], [undefined]].flatMap(reduceErrors)).toEqual([]);
    });

    it('names the object or field that a user may not see', () => {
        const gone = "Validation error of type FieldUndefined: Field 'Total__c' in type 'Woo_Order__c' is undefined";
        expect(kinds([{ message: gone }])).toEqual(['access']);
        expect(messages([{ message: gone }])[0]).toContain('c.Woo_Error_No_Access_To');
        const others = [
            'Expected value not to include unknown field "Total__c", found …',
            'Unknown type "Woo_Order__c_Filter".'
        ];
        expect(others.flatMap(kinds)).toEqual(['access', 'access']);
    });

    it('tells an object that is hidden from a field of it', () => {
        const field = "Validation error of type FieldUndefined: Field 'Total__c' in type 'Woo_Order__c' is undefined";
        const object = 'Unknown type "Woo_Order__c_Filter".';
        expect(
            [{ message: field }, { message: 'busy' }, undefined].map((one) => isNotSeen(one, 'Woo_Order__c'))
        ).toEqual([false, false, false]);
        expect(isNotSeen([{ message: field }, { message: object }], 'Woo_Order__c')).toBe(true);
        expect(isNotSeen([{ message: object }], 'Woo_Refund__c')).toBe(false);
    });

    it('reads what record calls give: field errors with their field, others as they are', () => {
        const body = {
            message: 'An error occurred while trying to update the record. Please try again.',
            output: {
                errors: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'insufficient access rights on object id' }],
                fieldErrors: {
                    Woo_Gallery_Images__c: [
                        { errorCode: 'STRING_TOO_LONG', fieldLabel: 'Woo Gallery Images', message: 'Too long.' }
                    ]
                }
            }
        };
        expect(reduceErrors({ status: 400, body })).toEqual([
            { kind: 'access', message: 'c.Woo_Error_No_Access' },
            { kind: 'other', message: 'Woo Gallery Images: Too long.' }
        ]);
    });

    it('knows a record that is gone and a network that is down', () => {
        expect(kinds({ status: 404, body: { errorCode: 'NOT_FOUND', message: 'The requested resource…' } })).toEqual([
            'missing'
        ]);
        expect(kinds(new TypeError('Failed to fetch'))).toEqual(['offline']);
    });

    it.each([
        { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] },
        { status: 400, body: { errorCode: 'INVALID_SESSION_ID', message: 'Session expired' } },
        { status: 500, body: { message: 'INVALID_SESSION_ID: Session expired' } },
        { message: 'INVALID_SESSION_ID' }
    ])('says that the session has ended, and what to do: %j', (error) => {
        expect(isSessionOver(error)).toBe(true);
        expect(reduceErrors(error)).toEqual([{ kind: 'session', message: 'c.Woo_Error_Session_Ended' }]);
    });

    it('says each sentence once, and something even where nothing was said', () => {
        expect(messages(['Same', new Error('Same')])).toEqual(['Same']);
        expect(messages([{}])).toEqual(['c.Woo_Error_Unknown']);
    });
});
