import { fieldLabel, inWords, namedObjects, nameFieldOf, referencedObjects } from '../words';

const info = {
    apiName: 'Woo_Order__c',
    label: 'Woo Order',
    nameFields: ['Name'],
    fields: {
        Name: { label: 'Order Number', referenceToInfos: [] },
        Phone: { label: 'Telephone', referenceToInfos: [] },
        Woo_Regular_Price__c: { label: 'Regular Price', referenceToInfos: [] },
        MailingCity: { label: 'Mailing City', referenceToInfos: [] },
        Contact__c: { label: 'Contact', referenceToInfos: [{ apiName: 'Contact' }] },
        Club__c: { label: 'Club', referenceToInfos: [{ apiName: 'Book_Club__c' }] }
    }
};
const recordId = 'a07Lo000000005CIAQ';

describe('a sentence of the sync in words', () => {
    it.each([
        [
            'Woo_Regular_Price__c was changed on both sides: nothing was overwritten.',
            'Regular Price was changed on both sides: nothing was overwritten.'
        ],
        ['MailingCity and Woo_Regular_Price__c', 'Mailing City and Regular Price'],
        [
            'fail in the same way at Woo_Order__c.Woo_Regular_Price__c: X.',
            'fail in the same way at Regular Price (Woo Order): X.'
        ],
        [`Of main:Woo_Order__c:${recordId} nothing was sent.`, `Of main:Woo Order ${recordId} nothing was sent.`],
        ['Woo_Order__c has no such record.', 'Woo Order has no such record.'],
        // Words that are fields as well, and what nobody knows.
        ['The Phone of Name is wrong.', 'The Phone of Name is wrong.'],
        ['Hidden__c and line_items.0.product_id', 'Hidden__c and line_items.0.product_id'],
        ['DRAFT_LINES of Order', 'DRAFT_LINES of Order']
    ])('"%s"', (text, words) => {
        expect(inWords(text, info)).toBe(words);
        expect(inWords(text)).toBe(text);
    });

    it('has the label of the field that it is about', () => {
        expect(inWords('Phone was changed.', info, 'Phone')).toBe('Telephone was changed.');
    });

    it('has labels of objects that lookups lead to, where they are known', () => {
        const text = 'Club__c: Book_Club__c main:7 is not in Salesforce.';
        expect(referencedObjects(info)).toEqual(['Contact', 'Book_Club__c']);
        expect(namedObjects(text, info)).toEqual(['Book_Club__c']);
        expect(namedObjects('Contact main:7', info)).toEqual([]);
        expect(inWords(text, info)).toBe('Club: Book_Club__c main:7 is not in Salesforce.');
        expect(inWords(text, info, null, { Book_Club__c: 'Book Club' })).toBe(
            'Club: Book Club main:7 is not in Salesforce.'
        );
    });

    it('names a field that the user may not see as it is', () => {
        expect(fieldLabel('Phone', info)).toBe('Telephone');
        expect(fieldLabel('Hidden__c', info)).toBe('Hidden__c');
        expect(fieldLabel('Hidden__c')).toBe('Hidden__c');
        expect(nameFieldOf(info)).toBe('Name');
        expect(nameFieldOf({ nameFields: ['CaseNumber'], fields: {} })).toBe('CaseNumber');
    });
});
