import attribute from '@salesforce/label/c.Woo_Editor_Attribute';
import empty from '@salesforce/label/c.Woo_Editor_Empty';
import example from '@salesforce/label/c.Woo_Editor_Example';
import field from '@salesforce/label/c.Woo_Editor_Field';
import gone from '@salesforce/label/c.Woo_Editor_Gone';
import newRow from '@salesforce/label/c.Woo_Editor_New_Row';
import noExample from '@salesforce/label/c.Woo_Editor_No_Example';
import options from '@salesforce/label/c.Woo_Editor_Options';
import remove from '@salesforce/label/c.Woo_Editor_Remove';
import result from '@salesforce/label/c.Woo_Editor_Result';
import staticValue from '@salesforce/label/c.Woo_Editor_Static_Value';
import untouched from '@salesforce/label/c.Woo_Editor_Untouched';

export const label = {
    attribute,
    empty,
    example,
    field,
    gone,
    newRow,
    noExample,
    options,
    remove,
    result,
    staticValue,
    untouched
};
