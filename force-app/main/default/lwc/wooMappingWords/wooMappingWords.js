import resourceOrder from '@salesforce/label/c.Woo_Word_Resource_Order';
import resourceOrderItem from '@salesforce/label/c.Woo_Word_Resource_Order_Item';
import resourceRefund from '@salesforce/label/c.Woo_Word_Resource_Refund';
import resourceProduct from '@salesforce/label/c.Woo_Word_Resource_Product';
import resourceCustomer from '@salesforce/label/c.Woo_Word_Resource_Customer';
import resourceCoupon from '@salesforce/label/c.Woo_Word_Resource_Coupon';
import resourceProductCategory from '@salesforce/label/c.Woo_Word_Resource_Product_Category';
import resourceProductTag from '@salesforce/label/c.Woo_Word_Resource_Product_Tag';
import resourceProductAttribute from '@salesforce/label/c.Woo_Word_Resource_Product_Attribute';
import resourceProductReview from '@salesforce/label/c.Woo_Word_Resource_Product_Review';
import resourceTaxClass from '@salesforce/label/c.Woo_Word_Resource_Tax_Class';
import resourceContent from '@salesforce/label/c.Woo_Word_Resource_Content';
import directionToSalesforce from '@salesforce/label/c.Woo_Word_Direction_To_Salesforce';
import directionToWoo from '@salesforce/label/c.Woo_Word_Direction_To_Woo';
import directionBoth from '@salesforce/label/c.Woo_Word_Direction_Both';
import conflictRuleWooWins from '@salesforce/label/c.Woo_Word_Conflict_Rule_Woo_Wins';
import conflictRuleSalesforceWins from '@salesforce/label/c.Woo_Word_Conflict_Rule_Salesforce_Wins';
import conflictRuleNewestWins from '@salesforce/label/c.Woo_Word_Conflict_Rule_Newest_Wins';
import conflictRuleAsk from '@salesforce/label/c.Woo_Word_Conflict_Rule_Ask';
import deleteRuleKeep from '@salesforce/label/c.Woo_Word_Delete_Rule_Keep';
import deleteRuleFlag from '@salesforce/label/c.Woo_Word_Delete_Rule_Flag';
import deleteRuleDelete from '@salesforce/label/c.Woo_Word_Delete_Rule_Delete';
import whenUnmetKeep from '@salesforce/label/c.Woo_Word_When_Unmet_Keep';
import whenUnmetStop from '@salesforce/label/c.Woo_Word_When_Unmet_Stop';
import whenUnmetDelete from '@salesforce/label/c.Woo_Word_When_Unmet_Delete';
import kindAttribute from '@salesforce/label/c.Woo_Word_Kind_Attribute';
import kindStatic from '@salesforce/label/c.Woo_Word_Kind_Static';
import kindLookup from '@salesforce/label/c.Woo_Word_Kind_Lookup';
import kindTranslation from '@salesforce/label/c.Woo_Word_Kind_Translation';
import transformNone from '@salesforce/label/c.Woo_Word_Transform_None';
import transformPlainText from '@salesforce/label/c.Woo_Word_Transform_Plain_Text';
import transformGmtDate from '@salesforce/label/c.Woo_Word_Transform_Gmt_Date';
import transformNumber from '@salesforce/label/c.Woo_Word_Transform_Number';
import transformLowerCase from '@salesforce/label/c.Woo_Word_Transform_Lower_Case';
import transformUpperCase from '@salesforce/label/c.Woo_Word_Transform_Upper_Case';
import transformFirst from '@salesforce/label/c.Woo_Word_Transform_First';
import transformJoin from '@salesforce/label/c.Woo_Word_Transform_Join';
import transformJson from '@salesforce/label/c.Woo_Word_Transform_Json';
import transformNameFallback from '@salesforce/label/c.Woo_Word_Transform_Name_Fallback';
import transformStreet from '@salesforce/label/c.Woo_Word_Transform_Street';
import transformAddress from '@salesforce/label/c.Woo_Word_Transform_Address';
import transformSlice from '@salesforce/label/c.Woo_Word_Transform_Slice';
import transformTemplate from '@salesforce/label/c.Woo_Word_Transform_Template';
import transformRegex from '@salesforce/label/c.Woo_Word_Transform_Regex';
import overflowReject from '@salesforce/label/c.Woo_Word_Overflow_Reject';
import overflowTruncate from '@salesforce/label/c.Woo_Word_Overflow_Truncate';
import writeWhenAlways from '@salesforce/label/c.Woo_Word_Write_When_Always';
import writeWhenUnlessEdited from '@salesforce/label/c.Woo_Word_Write_When_Unless_Edited';
import writeWhenOnCreate from '@salesforce/label/c.Woo_Word_Write_When_On_Create';
import writeWhenWhenEmpty from '@salesforce/label/c.Woo_Word_Write_When_When_Empty';
import operatorEquals from '@salesforce/label/c.Woo_Word_Operator_Equals';
import operatorNotEquals from '@salesforce/label/c.Woo_Word_Operator_Not_Equals';
import operatorContains from '@salesforce/label/c.Woo_Word_Operator_Contains';
import operatorNotContains from '@salesforce/label/c.Woo_Word_Operator_Not_Contains';
import operatorStartsWith from '@salesforce/label/c.Woo_Word_Operator_Starts_With';
import operatorIn from '@salesforce/label/c.Woo_Word_Operator_In';
import operatorNotIn from '@salesforce/label/c.Woo_Word_Operator_Not_In';
import operatorGreaterThan from '@salesforce/label/c.Woo_Word_Operator_Greater_Than';
import operatorLessThan from '@salesforce/label/c.Woo_Word_Operator_Less_Than';
import operatorAtLeast from '@salesforce/label/c.Woo_Word_Operator_At_Least';
import operatorAtMost from '@salesforce/label/c.Woo_Word_Operator_At_Most';
import operatorIsEmpty from '@salesforce/label/c.Woo_Word_Operator_Is_Empty';
import operatorIsNotEmpty from '@salesforce/label/c.Woo_Word_Operator_Is_Not_Empty';
import operatorWithin from '@salesforce/label/c.Woo_Word_Operator_Within';
import operatorNotWithin from '@salesforce/label/c.Woo_Word_Operator_Not_Within';
import periodToday from '@salesforce/label/c.Woo_Word_Period_Today';
import periodLast7Days from '@salesforce/label/c.Woo_Word_Period_Last_7_Days';
import periodLast30Days from '@salesforce/label/c.Woo_Word_Period_Last_30_Days';
import periodLast12Months from '@salesforce/label/c.Woo_Word_Period_Last_12_Months';
import periodThisMonth from '@salesforce/label/c.Woo_Word_Period_This_Month';
import periodThisYear from '@salesforce/label/c.Woo_Word_Period_This_Year';
import typeString from '@salesforce/label/c.Woo_Word_Type_String';
import typeTextarea from '@salesforce/label/c.Woo_Word_Type_Textarea';
import typeDouble from '@salesforce/label/c.Woo_Word_Type_Double';
import typeInt from '@salesforce/label/c.Woo_Word_Type_Int';
import typeCurrency from '@salesforce/label/c.Woo_Word_Type_Currency';
import typePercent from '@salesforce/label/c.Woo_Word_Type_Percent';
import typeBoolean from '@salesforce/label/c.Woo_Word_Type_Boolean';
import typeDate from '@salesforce/label/c.Woo_Word_Type_Date';
import typeDatetime from '@salesforce/label/c.Woo_Word_Type_Datetime';
import typeTime from '@salesforce/label/c.Woo_Word_Type_Time';
import typePicklist from '@salesforce/label/c.Woo_Word_Type_Picklist';
import typeMultipicklist from '@salesforce/label/c.Woo_Word_Type_Multipicklist';
import typeCombobox from '@salesforce/label/c.Woo_Word_Type_Combobox';
import typeReference from '@salesforce/label/c.Woo_Word_Type_Reference';
import typeEmail from '@salesforce/label/c.Woo_Word_Type_Email';
import typePhone from '@salesforce/label/c.Woo_Word_Type_Phone';
import typeUrl from '@salesforce/label/c.Woo_Word_Type_Url';
import typeId from '@salesforce/label/c.Woo_Word_Type_Id';
import typeEncryptedstring from '@salesforce/label/c.Woo_Word_Type_Encryptedstring';
import typeAddress from '@salesforce/label/c.Woo_Word_Type_Address';

/** What the choices of a mapping are called, in the order in which they are offered. */
export const words = {
    resource: {
        order: resourceOrder,
        order_item: resourceOrderItem,
        refund: resourceRefund,
        product: resourceProduct,
        customer: resourceCustomer,
        coupon: resourceCoupon,
        product_category: resourceProductCategory,
        product_tag: resourceProductTag,
        product_attribute: resourceProductAttribute,
        product_review: resourceProductReview,
        tax_class: resourceTaxClass,
        content: resourceContent
    },
    direction: {
        to_salesforce: directionToSalesforce,
        to_woo: directionToWoo,
        both: directionBoth
    },
    conflictRule: {
        woo_wins: conflictRuleWooWins,
        salesforce_wins: conflictRuleSalesforceWins,
        newest_wins: conflictRuleNewestWins,
        ask: conflictRuleAsk
    },
    deleteRule: {
        keep: deleteRuleKeep,
        flag: deleteRuleFlag,
        delete: deleteRuleDelete
    },
    whenUnmet: {
        keep: whenUnmetKeep,
        stop: whenUnmetStop,
        delete: whenUnmetDelete
    },
    kind: {
        attribute: kindAttribute,
        static: kindStatic,
        lookup: kindLookup,
        translation: kindTranslation
    },
    transform: {
        none: transformNone,
        plain_text: transformPlainText,
        gmt_date: transformGmtDate,
        number: transformNumber,
        lower_case: transformLowerCase,
        upper_case: transformUpperCase,
        first: transformFirst,
        join: transformJoin,
        json: transformJson,
        name_fallback: transformNameFallback,
        street: transformStreet,
        address: transformAddress,
        slice: transformSlice,
        regex: transformRegex,
        template: transformTemplate
    },
    overflow: {
        reject: overflowReject,
        truncate: overflowTruncate
    },
    writeWhen: {
        always: writeWhenAlways,
        unless_edited: writeWhenUnlessEdited,
        on_create: writeWhenOnCreate,
        when_empty: writeWhenWhenEmpty
    },
    operator: {
        equals: operatorEquals,
        not_equals: operatorNotEquals,
        contains: operatorContains,
        not_contains: operatorNotContains,
        starts_with: operatorStartsWith,
        in: operatorIn,
        not_in: operatorNotIn,
        greater_than: operatorGreaterThan,
        less_than: operatorLessThan,
        at_least: operatorAtLeast,
        at_most: operatorAtMost,
        is_empty: operatorIsEmpty,
        is_not_empty: operatorIsNotEmpty,
        within: operatorWithin,
        not_within: operatorNotWithin
    },
    /** The usual ones of many. */
    period: {
        today: periodToday,
        'last 7 days': periodLast7Days,
        'last 30 days': periodLast30Days,
        'last 12 months': periodLast12Months,
        'this month': periodThisMonth,
        'this year': periodThisYear
    },
    type: {
        string: typeString,
        textarea: typeTextarea,
        double: typeDouble,
        int: typeInt,
        currency: typeCurrency,
        percent: typePercent,
        boolean: typeBoolean,
        date: typeDate,
        datetime: typeDatetime,
        time: typeTime,
        picklist: typePicklist,
        multipicklist: typeMultipicklist,
        combobox: typeCombobox,
        reference: typeReference,
        email: typeEmail,
        phone: typePhone,
        url: typeUrl,
        id: typeId,
        encryptedstring: typeEncryptedstring,
        address: typeAddress
    }
};

/**
 * @param {keyof typeof words} group
 * @returns {{ value: string, label: string }[]} as a base combobox takes them
 */
export const optionsOf = (group) => Object.entries(words[group]).map(([value, label]) => ({ value, label }));

/** A choice in words; what is unknown as it is. */
export const wordOf = (group, value) => words[group][value] ?? value ?? '';
