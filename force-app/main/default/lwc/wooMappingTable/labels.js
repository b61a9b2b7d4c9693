import addLine from '@salesforce/label/c.Woo_Editor_Add_Line';
import addLines from '@salesforce/label/c.Woo_Editor_Add_Lines';
import removeLine from '@salesforce/label/c.Woo_Editor_Remove_Line';
import rest from '@salesforce/label/c.Woo_Editor_Rest';
import restHelp from '@salesforce/label/c.Woo_Editor_Rest_Help';
import salesforceValue from '@salesforce/label/c.Woo_Editor_Salesforce_Value';
import shopValue from '@salesforce/label/c.Woo_Editor_Shop_Value';
import table from '@salesforce/label/c.Woo_Editor_Table';

export const label = {
    addLine,
    addLines,
    removeLine,
    rest,
    restHelp,
    salesforceValue,
    shopValue,
    table
};
