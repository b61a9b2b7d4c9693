import { placed } from '../placed';

it('places errors at rows, also where a new row took over a name', () => {
    const draft = { fields: [{ name: 'Order_New', field: 'Total__c' }], conditions: [{ name: 'Order_1' }] };
    const records = [{ name: 'Order_Old', values: { Salesforce_Field__c: 'Total__c' } }];
    const errors = ['Woo_Field_Mapping.Order_Old', 'Woo_Condition.Order_1', 'Woo_Mapping.Order', null];
    expect(
        placed(
            errors.map((record) => ({ record, message: '' })),
            records,
            draft
        ).map(({ record }) => record)
    ).toEqual(['Order_New', 'Order_1', 'Order', '']);
});
