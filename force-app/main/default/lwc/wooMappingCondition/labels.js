import attribute from '@salesforce/label/c.Woo_Editor_Attribute';
import empty from '@salesforce/label/c.Woo_Editor_Empty';
import met from '@salesforce/label/c.Woo_Editor_Met';
import operator from '@salesforce/label/c.Woo_Editor_Operator';
import removeCondition from '@salesforce/label/c.Woo_Editor_Remove_Condition';
import unmet from '@salesforce/label/c.Woo_Editor_Unmet';
import value from '@salesforce/label/c.Woo_Editor_Value';

export const label = {
    attribute,
    empty,
    met,
    operator,
    removeCondition,
    unmet,
    value
};
