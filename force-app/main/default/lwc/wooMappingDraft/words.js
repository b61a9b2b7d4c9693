/*
 * The configuration in two languages: the words of the engine, in which a draft is, and the fields of the records. Each
 * stands here once; a test holds them to the engine and to the fields of the project.
 */

/** Types of the records, by what they are to a draft. */
export const TYPES = {
    mapping: 'Woo_Mapping__mdt',
    field: 'Woo_Field_Mapping__mdt',
    condition: 'Woo_Condition__mdt'
};

/** `[word, field of the record, value of a new one]` */
const MAPPING = [
    ['store', 'Store__c', null],
    ['resource', 'Woo_Resource__c', null],
    ['contentType', 'Content_Type__c', null],
    ['object', 'Salesforce_Object__c', null],
    ['externalIdField', 'External_Id_Field__c', null],
    ['matchFields', 'Match_Fields__c', null],
    ['direction', 'Direction__c', 'to_salesforce'],
    ['onCreate', 'On_Create__c', true],
    ['onUpdate', 'On_Update__c', true],
    ['onDelete', 'On_Delete__c', true],
    ['conditionLogic', 'Condition_Logic__c', null],
    ['whenUnmet', 'When_Unmet__c', 'keep'],
    ['realTime', 'Real_Time__c', true],
    ['sweepMinutes', 'Sweep_Minutes__c', null],
    ['deleteRule', 'Delete_Rule__c', 'keep'],
    ['deleteField', 'Delete_Field__c', null],
    ['deleteValue', 'Delete_Value__c', null],
    ['conflictRule', 'Conflict_Rule__c', 'woo_wins'],
    ['wooMetaKey', 'Woo_Meta_Key__c', null],
    ['createInWoo', 'Create_In_Woo__c', false],
    ['keepShopImages', 'Keep_Shop_Images__c', true],
    ['editsToAllStores', 'Edits_To_All_Stores__c', false],
    ['active', 'Active__c', true]
];
/** Without the attribute, of which one of two fields holds the name, and what every row of a mapping repeats. */
const FIELD = [
    ['field', 'Salesforce_Field__c', null],
    ['kind', 'Kind__c', 'attribute'],
    ['staticValue', 'Static_Value__c', null],
    ['valueTable', 'Value_Table__c', null],
    ['transform', 'Transform__c', 'none'],
    ['transformArgument', 'Transform_Argument__c', null],
    ['defaultValue', 'Default_Value__c', null],
    ['overflow', 'Overflow__c', 'reject'],
    ['direction', 'Direction__c', 'to_salesforce'],
    ['writeWhen', 'Write_When__c', 'always'],
    ['active', 'Active__c', true]
];
const CONDITION = [
    ['position', 'Position__c', null],
    ['attribute', 'Woo_Attribute__c', null],
    ['operator', 'Operator__c', null],
    ['value', 'Value__c', null],
    ['otherAttribute', 'Other_Attribute__c', null],
    ['active', 'Active__c', true]
];

export const WORDS = { mapping: MAPPING, field: FIELD, condition: CONDITION };

/** What a new one of its kind is at first. @param {'mapping'|'field'|'condition'} kind */
export function blank(kind) {
    const values = Object.fromEntries(WORDS[kind].map(([word, , value]) => [word, value]));
    return kind === 'field' ? { attribute: null, ...values } : values;
}
