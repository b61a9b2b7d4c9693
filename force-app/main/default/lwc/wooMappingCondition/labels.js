import attribute from '@salesforce/label/c.Woo_Editor_Attribute';
import compareAttribute from '@salesforce/label/c.Woo_Editor_Compare_Attribute';
import compareValue from '@salesforce/label/c.Woo_Editor_Compare_Value';
import empty from '@salesforce/label/c.Woo_Editor_Empty';
import met from '@salesforce/label/c.Woo_Editor_Met';
import operator from '@salesforce/label/c.Woo_Editor_Operator';
import otherAttribute from '@salesforce/label/c.Woo_Editor_Other_Attribute';
import period from '@salesforce/label/c.Woo_Editor_Period';
import periodHelp from '@salesforce/label/c.Woo_Editor_Period_Help';
import removeCondition from '@salesforce/label/c.Woo_Editor_Remove_Condition';
import unmet from '@salesforce/label/c.Woo_Editor_Unmet';
import value from '@salesforce/label/c.Woo_Editor_Value';

export const label = {
    attribute,
    compareAttribute,
    compareValue,
    empty,
    met,
    operator,
    otherAttribute,
    period,
    periodHelp,
    removeCondition,
    unmet,
    value
};
